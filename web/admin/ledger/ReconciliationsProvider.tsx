// The runs of reconciliation, for their page and for the menu's warning, asked for once and kept fresh.
import { createContext, useContext, useState } from 'react'
import type { ReactNode } from 'react'
import type { ReconciliationView } from '../../../server/contract/wallet.ts'
import { useResource } from '../../client/useResource.ts'
import type { Resource } from '../../client/useResource.ts'
import { ledgerApi } from './ledgerApi.ts'

const REST_MS = 60_000
const RUNNING_MS = 1_500
/** Whoever has not finished by then was broken off, as when its server ended. */
const LONGEST_MS = 15 * 60_000

type Runs = Resource<readonly ReconciliationView[]> & {
  /** The latest run is under way. */
  readonly running: boolean
  /** Somebody waits for a run: look often. */
  readonly follow: (waiting: boolean) => void
}
const RunsContext = createContext<Runs | null>(null)

const isUnderWay = ({ startedAt, finishedAt }: ReconciliationView): boolean => finishedAt === null && Date.now() - Date.parse(startedAt) < LONGEST_MS

export function ReconciliationsProvider({ children }: { readonly children: ReactNode }) {
  const [waiting, follow] = useState(false)
  const [running, setRunning] = useState(false)
  const runs = useResource(
    'reconciliations',
    async (signal) => {
      const list = await ledgerApi.reconciliations(signal)
      setRunning(list[0] !== undefined && isUnderWay(list[0]))
      return list
    },
    { everyMs: waiting || running ? RUNNING_MS : REST_MS },
  )
  return <RunsContext value={{ ...runs, running, follow }}>{children}</RunsContext>
}

export function useReconciliations(): Runs {
  const runs = useContext(RunsContext)
  if (runs === null) throw new Error('useReconciliations needs a ReconciliationsProvider above it')
  return runs
}

/** Of the latest run that has finished; none before there is one. */
export const latestDifferences = (runs: readonly ReconciliationView[] | null): number => runs?.find(({ finishedAt }) => finishedAt !== null)?.differences.length ?? 0
