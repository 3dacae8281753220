// One process for `npm run bench:gifts`: the real server, with limits that nobody reaches.
import { startServer } from '../support/startServer.ts'

/** The databases may be gone already. */
const END_MS = 8000

const [databaseUrl = '', redisUrl = ''] = process.argv.slice(2)
const server = await startServer({ databaseUrl, redisUrl, env: { GIFTS_PER_USER: '100000', GIFTS_PER_ADDRESS: '1000000' } })
process.send?.({ url: server.url, databaseUrl: server.databaseUrl })
process.once('disconnect', () => {
  setTimeout(() => process.exit(1), END_MS).unref()
  void server.stop().then(() => process.exit(0))
})
