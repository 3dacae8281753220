/** A newcomer should not need to set up Redis: this runs one of our own on a unix socket. */
import net from 'node:net'
import path from 'node:path'
import type { PrivateServer, PrivateServerOptions } from './PrivateServer.ts'
import { socketFolder } from './socketFolder.ts'
import { startDaemon } from './startDaemon.ts'

const SOCKET = 'redis.sock'
const REDIS_SERVER = '/usr/bin/redis-server'
const PROBE_MS = 1000

/**
 * Starts it. `url` is the socket's path, which ioredis takes as it is.
 * @throws Error when the folder is in use or the server does not start; the message ends with its last log lines.
 */
export async function startPrivateRedis({ dataDir, log }: PrivateServerOptions): Promise<PrivateServer> {
  const dir = path.resolve(dataDir)
  const socket = await privateRedisUrl(dir)
  const pidFile = path.join(dir, 'redis.pid')
  return startDaemon({
    name: 'Redis',
    dataDir: dir,
    log,
    command: REDIS_SERVER,
    args: serverArgs({ dir, socket, pidFile }),
    url: socket,
    socket,
    pidFile,
    readyMs: 60_000,
    prepare: async () => undefined,
    probe: () => ping(socket),
  })
}

/** The REDIS_URL of the one that runs, or would run, on `dataDir`. */
export async function privateRedisUrl(dataDir: string): Promise<string> {
  return path.join(await socketFolder(dataDir, SOCKET), SOCKET)
}

function serverArgs({ dir, socket, pidFile }: { dir: string; socket: string; pidFile: string }): string[] {
  const settings: Record<string, string> = {
    port: '0',
    unixsocket: socket,
    unixsocketperm: '700',
    dir,
    pidfile: pidFile,
    daemonize: 'no',
    // Sessions and counters survive a crash but for the last second.
    appendonly: 'yes',
    appendfsync: 'everysec',
    save: '',
    maxmemory: '256mb',
    // Sessions and jobs must not vanish silently; a full memory shows as an error instead.
    'maxmemory-policy': 'noeviction',
  }
  return Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])
}

/** While Redis still reads its files it answers `-LOADING`, which is not ready. */
async function ping(socket: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const client = net.connect(socket)
    const end = (error?: Error): void => {
      client.destroy()
      if (error) reject(error)
      else resolve()
    }
    client.setTimeout(PROBE_MS, () => end(new Error('no answer')))
    client.once('error', end)
    client.once('connect', () => client.write('PING\r\n'))
    client.once('data', (data) => end(data.toString().startsWith('+PONG') ? undefined : new Error(data.toString().trim())))
  })
}
