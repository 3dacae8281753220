// One process for `npm run bench:chat`: the real server, and beside it a bare Socket.IO server that broadcasts the same messages.
import { createServer } from 'node:http'
import { Server } from 'socket.io'
import type { ChatMessage } from '../../server/contract/chat.ts'
import type { ChannelId, UserId } from '../../server/contract/ids.ts'
import { newId } from '../../server/core/newId.ts'
import { startServer } from '../support/startServer.ts'

const BATCH_MS = 100
/** The databases may be gone already. */
const END_MS = 8000

const [databaseUrl = '', redisUrl = ''] = process.argv.slice(2)
const server = await startServer({ databaseUrl, redisUrl, env: { CHAT_PER_USER: '100000', CHAT_PER_ADDRESS: '1000000' } })
const http = createServer()
const bare = new Server(http, { serveClient: false })
let seq = 0
let batch: ChatMessage[] = []

bare.on('connection', (socket) => {
  socket.on('chat:join', ({ channel }: { channel: string }, reply: (answer: unknown) => void) => {
    void socket.join(channel)
    reply({ ok: true })
  })
  // `bare`: one broadcast a message; `batched`: what gathers in 100 ms in one.
  socket.on('chat:send', ({ channel, text, clientId }: { channel: string; text: string; clientId: string }, reply: (answer: unknown) => void) => {
    const message = messageOf(channel, text, clientId)
    reply({ ok: true, data: { message, held: false, nextAt: 0 } })
    if (channel === 'bare') return void bare.to(channel).emit('chat:batched', { channel, messages: [message], skipped: [] })
    batch.push(message)
    if (batch.length > 1) return
    setTimeout(() => {
      const messages = batch
      batch = []
      bare.to(channel).emit('chat:batched', { channel, messages, skipped: [] })
    }, BATCH_MS)
  })
})

function messageOf(channel: string, text: string, clientId: string): ChatMessage {
  const author = { id: newId<ChannelId & UserId>(), name: 'benchhost', displayName: 'benchhost', avatarUrl: null, role: 'host' as const, guard: null, fan: null }
  return { id: newId(), seq: (seq += 1), channel, broadcastId: null, offsetMs: null, at: new Date().toISOString(), author, clientId, text, replyTo: null, mentions: [], style: null, line: null }
}

http.listen(0, '127.0.0.1', () => {
  const address = http.address()
  process.send?.({ url: server.url, bareUrl: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}` })
})
process.once('disconnect', () => {
  setTimeout(() => process.exit(1), END_MS).unref()
  void bare.close()
  void server.stop().then(() => process.exit(0))
})
