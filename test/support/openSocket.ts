// A page's socket without the page: connected with a visitor's cookies.
import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import type { Visitor } from './Visitor.ts'

/** Resolves when connected; does not come back by itself. */
export async function openSocket(visitor: Visitor, headers: Record<string, string> = {}): Promise<Socket> {
  const socket = io(visitor.base, { transports: ['websocket'], reconnection: false, forceNew: true, extraHeaders: { ...headers, cookie: visitor.cookie } })
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', () => resolve())
    socket.once('connect_error', reject)
  })
  return socket
}

/** Resolves with the reason when the socket is hung up on. @throws Error when it is not, in time */
export function hungUp(socket: Socket, limitMs = 5000): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the socket is still open')), limitMs)
    socket.once('disconnect', (reason) => {
      clearTimeout(timer)
      resolve(reason)
    })
  })
}
