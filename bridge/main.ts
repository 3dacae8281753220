// Starts the bridge process, and ends it when told to or when the launcher is gone.
import { customAlphabet } from 'nanoid'
import { pino } from 'pino'
import type { BridgeId } from '../server/contract/ids.ts'
import { readSettings } from '../server/contract/settings.ts'
import type { Settings } from '../server/contract/settings.ts'
import { Bridge } from './Bridge.ts'

const MIN_SECRET_LENGTH = 16
/** Whatever hangs then is left to the kernel, which kills the ffmpegs with us. */
const EXIT_WITHIN_MS = 13_000

/** Prints the one line that tells an operator what to change. */
function fail(error: unknown): never {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}

function settingsOrExit(): Settings {
  try {
    const settings = readSettings(process.env)
    if (settings.INTERNAL_SECRET.length < MIN_SECRET_LENGTH) throw new Error(`Wrong setting: INTERNAL_SECRET: must have at least ${MIN_SECRET_LENGTH} characters`)
    return settings
  } catch (error) {
    return fail(error)
  }
}

const settings = settingsOrExit()
const log = pino({ name: 'bridge', level: settings.LOG_LEVEL, formatters: { level: (label) => ({ level: label }) }, timestamp: pino.stdTimeFunctions.isoTime })
const bridgeId = customAlphabet('23456789abcdefghijkmnpqrstuvwxyz', 16)() as BridgeId
const bridge = new Bridge({ settings, bridgeId, log })

let leaving = false
function leave(why: string): void {
  if (leaving) return
  leaving = true
  log.info({ why }, 'leaving')
  setTimeout(() => process.exit(0), EXIT_WITHIN_MS)
  bridge.close().then(
    () => process.exit(0),
    (error: unknown) => {
      log.error({ error: String(error) }, 'could not leave in order')
      process.exit(1)
    },
  )
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => leave(signal))
if (process.send) process.on('disconnect', () => leave('the launcher is gone'))

try {
  await bridge.start()
  log.info({ bridgeId, rtmpPort: settings.RTMP_PORT, port: settings.BRIDGE_PORT }, 'bridge listens')
  process.send?.({ listening: true })
} catch (error) {
  fail(error)
}
