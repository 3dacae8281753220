/** Brings a bare machine to where Footlight can run: Debian's packages and the mediasoup worker. */
import { ensureWorker } from '../../worker-config/worker/ensureWorker.ts'
import type { DebianPackage } from './debianPackages.ts'
import { missingPackages } from './debianPackages.ts'
import { ensureDebianPackages } from './ensureDebianPackages.ts'

export interface PrepareMachineOptions {
  /** Needed whether or not the worker has to be built. */
  packages: readonly DebianPackage[]
  log: (line: string) => void
}

/**
 * Resolves with the path of a mediasoup-worker that answers.
 * The worker comes first: only then is it known what a build needs, and a person who must type the apt line types it once.
 * @throws Error with a readable message.
 */
export async function prepareMachine({ packages, log }: PrepareMachineOptions): Promise<{ workerBin: string }> {
  const workerBin = await ensureWorker({
    log,
    installPackages: (names) => ensureDebianPackages({ names: [...missingPackages(packages), ...names], log }),
  })
  await ensureDebianPackages({ names: missingPackages(packages), log })
  return { workerBin }
}
