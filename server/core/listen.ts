// Listens on a port, or says in one line why it cannot.
import type { Server } from 'node:http'

/** @param setting the environment variable that moves the port. @throws Error with one clear line */
export function listen(server: Server, { host, port, setting }: { host: string; port: number; setting: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE'
      reject(taken ? new Error(`Port ${port} is taken: stop what uses it or set ${setting} to another`, { cause: error }) : error)
    })
    server.listen(port, host, () => resolve())
  })
}
