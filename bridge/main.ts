// The bridge process.
import type { BridgeId } from '../server/contract/ids.ts'
import { readSettings } from '../server/contract/settings.ts'
import { createLogger } from '../server/core/logger.ts'
import { newId } from '../server/core/newId.ts'
import { onShutdown } from '../server/core/onShutdown.ts'
import { requireSecrets } from '../server/core/requireServices.ts'
import { Bridge } from './Bridge.ts'

try {
  const settings = requireSecrets(readSettings(process.env), ['INTERNAL_SECRET'])
  const log = createLogger({ name: 'bridge', level: settings.LOG_LEVEL })
  const bridgeId = newId<BridgeId>()
  const bridge = new Bridge({ settings, bridgeId, log })
  onShutdown(async (cause) => {
    log.info({ cause }, 'bridge stopping')
    await bridge.close()
    log.info('bridge stopped')
  })
  await bridge.start()
  log.info({ bridgeId, rtmpPort: settings.RTMP_PORT, port: settings.BRIDGE_PORT }, 'bridge listening')
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
