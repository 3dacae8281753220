/** Installs Debian packages as far as we may, or tells the operator the exact line to do it. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

export interface EnsureDebianPackagesOptions {
  /** Packages known to be missing; nothing is done when empty. */
  names: readonly string[]
  log: (line: string) => void
}

/** How packages can be installed here: as root, by sudo without a password, by hand, or not at all for want of apt. */
export type AptAccess = 'root' | 'sudo' | 'byHand' | 'none'

/** Installs `names`. @throws Error with the line to type when that needs a person, or when apt fails. */
export async function ensureDebianPackages({ names, log }: EnsureDebianPackagesOptions): Promise<void> {
  if (names.length === 0) return
  const access = aptAccess()
  const command = aptCommand(access, names)
  if (!command) throw new Error(byHandMessage(access, names))
  log(`Installing Debian packages: ${names.join(' ')}`)
  const hadRedis = existsSync('/usr/bin/redis-server')
  const [first = '', ...prefix] = command
  // A machine that never updated its lists, or not for long, cannot install; a failing update may still do with old lists.
  await run(first, [...prefix.slice(0, prefix.indexOf('install')), 'update', '-q'])
  const code = await run(first, prefix)
  if (code !== 0) throw new Error(`apt-get failed (code ${code}); its words are above. The line was: ${command.join(' ')}`)
  if (!hadRedis && names.includes('redis-server')) await quietSystemRedis(access, log)
}

/** The whole command line for installing `names`, or undefined when a person has to do it. */
export function aptCommand(access: AptAccess, names: readonly string[]): string[] | undefined {
  // An upgrade running in the background holds dpkg's lock for a while.
  const install = ['apt-get', 'install', '-y', '-q', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', ...names]
  if (access === 'root') return install
  return access === 'sudo' ? ['sudo', '-n', ...install] : undefined
}

/** One line that says what to do. */
export function byHandMessage(access: AptAccess, names: readonly string[]): string {
  if (access === 'none') return `Footlight needs these programs, under Debian's names: ${names.join(' ')}. There is no apt-get here; please install them your way.`
  return `Footlight needs Debian packages and may not install them itself. Please run:\n  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names.join(' ')}`
}

function aptAccess(): AptAccess {
  if (!existsSync('/usr/bin/apt-get')) return 'none'
  if (process.getuid?.() === 0) return 'root'
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? 'sudo' : 'byHand'
}

/**
 * Debian starts a Redis of the system's own when it installs the package. Nobody asked for that one; ours has its own socket.
 */
async function quietSystemRedis(access: AptAccess, log: (line: string) => void): Promise<void> {
  if (!existsSync('/run/systemd/system')) return
  log('Switching off the system-wide Redis that came with the package; Footlight runs its own.')
  const disable = ['systemctl', 'disable', '--now', 'redis-server']
  const [first = '', ...args] = access === 'sudo' ? ['sudo', '-n', ...disable] : disable
  await run(first, args)
}

/** With the output of apt for all to see: it tells best how far it is. On standard error, for standard output may be read by a program. */
async function run(command: string, args: readonly string[]): Promise<number | null> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', NEEDRESTART_SUSPEND: '1' }
  const child = spawn(command, args, { env, stdio: ['ignore', 2, 2] })
  return new Promise((resolve) => {
    child.once('error', () => resolve(null))
    child.once('close', resolve)
  })
}
