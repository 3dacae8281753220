/** `npm run worker`: provides the mediasoup worker and prints its path, for those who prepare a machine or an image. */
import { ensureWorker } from '../../worker-config/worker/ensureWorker.ts'
import { ensureDebianPackages } from './ensureDebianPackages.ts'

const log = (line: string): void => console.error(line)
try {
  console.log(await ensureWorker({ log, installPackages: (names) => ensureDebianPackages({ names, log }) }))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
