/** A port that somebody else has is found out before minutes of preparation, and named with its setting. */
import net from 'node:net'

export interface WantedPort {
  /** The setting that chooses it. */
  setting: string
  port: number
  host: string
}

/** @throws Error with one line that names each taken port, its setting and what to do. */
export async function requireFreePorts(wanted: readonly WantedPort[]): Promise<void> {
  const problems: string[] = []
  for (const [index, { setting, port, host }] of wanted.entries()) {
    const twin = wanted.slice(0, index).find((other) => other.port === port)
    if (twin) problems.push(`${twin.setting} and ${setting} are both ${port}`)
    else {
      const problem = await tryPort(port, host)
      if (problem) problems.push(`port ${port} (${setting}) ${problem}`)
    }
  }
  if (problems.length > 0) throw new Error(`Cannot listen: ${problems.join('; ')}. Stop what uses it, or choose another port by the setting.`)
}

async function tryPort(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = net.createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(explain(error, host)))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)))
  })
}

function explain(error: NodeJS.ErrnoException, host: string): string {
  if (error.code === 'EADDRINUSE') return 'is already taken'
  if (error.code === 'EACCES') return 'is reserved for root'
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') return `cannot be used: ${host} is no address of this machine`
  return `cannot be used: ${error.message}`
}
