// Ports for a test's own servers: free for TCP and UDP at the time of asking.
import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'

const LOWEST = 20_000
const SPAN = 12_000

/** @param run so many ports in a row from each one returned must be free */
export async function freePort(run = 1): Promise<number> {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * SPAN)
    const row = Array.from({ length: run }, (_none, index) => port + index)
    if ((await Promise.all(row.map(isFree))).every(Boolean)) return port
  }
}

async function isFree(port: number): Promise<boolean> {
  const tcp = await new Promise<boolean>((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '0.0.0.0', () => server.close(() => resolve(true)))
  })
  if (!tcp) return false
  return new Promise((resolve) => {
    const socket = createSocket('udp4')
    socket.once('error', () => resolve(false))
    socket.bind(port, () => socket.close(() => resolve(true)))
  })
}
