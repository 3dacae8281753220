// Reconciles every night, once whichever servers are there.
import type { Settings } from '../contract/settings.ts'
import { Jobs } from '../core/Jobs.ts'
import type { Logger } from '../core/logger.ts'
import type { Reconciliation } from './Reconciliation.ts'

/** Each night, when few are here (UTC). */
const AT = '20 4 * * *'
/** A Redis that was emptied has forgotten when. */
const REMIND_MS = 3_600_000

export type Nightly = { close(): Promise<void> }

export function nightlyReconciliation({ settings, reconciliation, log }: { settings: Settings; reconciliation: Reconciliation; log: Logger }): Nightly {
  const jobs = new Jobs<{ reconcile: Record<never, never> }>({
    name: 'ledger',
    redisUrl: settings.REDIS_URL,
    databaseUrl: settings.DATABASE_URL,
    concurrency: 1,
    work: { reconcile: async (_data, signal) => void (await reconciliation.run('nightly', signal)) },
    log,
  })
  const remind = () => jobs.repeat('reconcile', {}, AT).catch((error: unknown) => log.debug({ err: error }, 'the nightly reconciliation was not planned; trying again'))
  const timer = setInterval(() => void remind(), REMIND_MS).unref()
  void remind()
  return {
    close: () => {
      clearInterval(timer)
      return jobs.close()
    },
  }
}
