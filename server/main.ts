// The server process.
import { readSettings } from './contract/settings.ts'
import { startApp } from './app.ts'
import type { App } from './app.ts'
import { createLogger } from './core/logger.ts'
import { onShutdown } from './core/onShutdown.ts'
import { requireServices } from './core/requireServices.ts'

try {
  const settings = requireServices(readSettings(process.env))
  const log = createLogger({ name: 'server', level: settings.LOG_LEVEL })
  const app: App = await startApp(settings, log)
  onShutdown(async (cause) => {
    log.info({ cause }, 'server stopping')
    await app.close()
    log.info('server stopped')
  })
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
