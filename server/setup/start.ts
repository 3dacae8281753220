/** `npm start`: prepares the machine, runs the databases, the server and the bridge, and keeps them running until Ctrl-C. */
import path from 'node:path'
import { readSettings } from '../contract/settings.ts'
import type { Settings } from '../contract/settings.ts'
import { buildPages } from './buildPages.ts'
import { claimFolder } from './claimFolder.ts'
import { runtimePackages } from './debianPackages.ts'
import { keepRunning } from './keepRunning.ts'
import type { KeptService } from './keepRunning.ts'
import { loadSecrets } from './loadSecrets.ts'
import { LogFile } from './LogFile.ts'
import { writePlatformEnvironment } from './platformEnvironment.ts'
import { prepareMachine } from './prepareMachine.ts'
import { reachable } from './reachable.ts'
import { readableLog } from './readableLog.ts'
import { requireFreePorts } from './requireFreePorts.ts'
import { runCli } from './runCli.ts'
import { runUntilStopped } from './runUntilStopped.ts'
import type { Closers } from './runUntilStopped.ts'
import { startDatabases } from './startDatabases.ts'
import { startNodeService } from './startNodeService.ts'
import { summary } from './summary.ts'

const root = path.resolve(import.meta.dirname, '../..')
const cli = path.join(root, 'server/cli.ts')
const log = (line: string): void => console.log(line)
const logError = (line: string): void => console.error(line)

process.exitCode = await runUntilStopped({ start, log, logError })
process.exit()

async function start(closers: Closers): Promise<void> {
  const settings = readSettings(process.env)
  const dataDir = path.resolve(root, settings.DATA_DIR)
  closers.push(await claimFolder(dataDir))
  await requireFreePorts([
    { setting: 'HTTP_PORT', port: settings.HTTP_PORT, host: settings.HTTP_HOST },
    { setting: 'RTMP_PORT', port: settings.RTMP_PORT, host: settings.RTMP_HOST },
    { setting: 'BRIDGE_PORT', port: settings.BRIDGE_PORT, host: settings.INTERNAL_HOST },
  ])
  const privateServers = { privateMariadb: !settings.DATABASE_URL, privateRedis: !settings.REDIS_URL }
  const { workerBin } = await prepareMachine({ packages: runtimePackages(privateServers), log })

  const [databases] = await Promise.all([
    startDatabases({ dataDir, databaseUrl: settings.DATABASE_URL, redisUrl: settings.REDIS_URL, closers, log }),
    buildPages({ root, log }),
  ])
  const secrets = await loadSecrets(dataDir)
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    DATA_DIR: dataDir,
    MEDIA_DIR: path.resolve(root, settings.MEDIA_DIR),
    DATABASE_URL: databases.databaseUrl,
    REDIS_URL: databases.redisUrl,
    APP_SECRET: settings.APP_SECRET || secrets.APP_SECRET,
    INTERNAL_SECRET: settings.INTERNAL_SECRET || secrets.INTERNAL_SECRET,
    MEDIASOUP_WORKER_BIN: workerBin,
    SERVER_URL: settings.SERVER_URL || `http://${reachable(settings.HTTP_HOST)}:${settings.HTTP_PORT}`,
  }
  await writePlatformEnvironment(dataDir, env)
  await runCli({ cli, args: ['migrate'], env })
  const services: KeptService[] = []
  // Side by side: either may need the other while it drains.
  closers.push(async () => {
    await Promise.all(services.map((service) => service.stop()))
  })
  const startServices = async (): Promise<void> => {
    // The server first: it is the one that the bridge asks.
    for (const plan of servicePlans(settings)) {
      const service = keepService(plan, { printAll: settings.LOG_STDOUT, dataDir, env })
      services.push(service)
      await service.ready
    }
  }
  const adminMade = ensureAdmin(env)
  let isShown = false
  // A start that fails or is stopped half-way must not swallow the only sight of the password.
  closers.push(async () => {
    const lost = isShown ? undefined : await adminMade.catch(() => undefined)
    if (lost) log(`The admin's account was made: ${lost.name}, password ${lost.password} (shown this once; keep it)`)
  })
  const [admin] = await Promise.all([adminMade, startServices()])
  log(summary({
    httpHost: settings.HTTP_HOST,
    httpPort: settings.HTTP_PORT,
    rtmpPort: settings.RTMP_PORT,
    publicUrl: settings.PUBLIC_URL,
    admin,
    dataDir,
    seconds: performance.now() / 1000,
  }))
  isShown = true
}

interface ServicePlan {
  name: string
  main: string
  healthUrl: string
}

function servicePlans(settings: Settings): ServicePlan[] {
  return [
    { name: 'server', main: 'server/main.ts', healthUrl: `http://${reachable(settings.HTTP_HOST)}:${settings.HTTP_PORT}/healthz` },
    { name: 'bridge', main: 'bridge/main.ts', healthUrl: `http://${reachable(settings.INTERNAL_HOST)}:${settings.BRIDGE_PORT}/healthz` },
  ]
}

interface ServiceContext {
  /** LOG_STDOUT: every log line on the terminal, as it is. */
  printAll: boolean
  dataDir: string
  env: NodeJS.ProcessEnv
}

function keepService({ name, main, healthUrl }: ServicePlan, { printAll, dataDir, env }: ServiceContext): KeptService {
  const file = new LogFile({ file: path.join(dataDir, 'logs', `${name}.log`) })
  const onLine = (line: string): void => {
    file.write(line)
    const { important, text } = readableLog(line)
    if (printAll) log(line)
    else if (important) logError(text)
  }
  let wasReady = false
  const onErrorLine = (line: string): void => {
    file.write(line)
    // Before it is ready its complaint becomes the launcher's own last line; not twice.
    if (wasReady) logError(`${name}: ${line}`)
  }
  return keepRunning({
    name: `The ${name}`,
    log,
    start: async (signal) => {
      const service = await startNodeService({ name, main: path.join(root, main), env, healthUrl, onLine, onErrorLine, signal })
      wasReady = true
      return service
    },
  })
}

/** On the first run makes the admin and resolves with the password, which is stored nowhere in the clear. */
async function ensureAdmin(env: NodeJS.ProcessEnv): Promise<{ name: string; password: string } | undefined> {
  const reply = JSON.parse(await runCli({ cli, args: ['user', 'ensure-admin'], env })) as { created: boolean; name?: string; password?: string }
  return reply.created ? { name: reply.name ?? '', password: reply.password ?? '' } : undefined
}
