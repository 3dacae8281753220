// Two servers on one Redis and MySQL, a host with a channel, and people with pages: what most chat tests begin with.
import { ChatPage } from './ChatPage.ts'
import { startServer } from './startServer.ts'
import type { TestServer } from './startServer.ts'
import type { Visitor } from './Visitor.ts'

export type ChatStage = {
  readonly one: TestServer
  readonly two: TestServer
  /** A new host with a channel of that name. */
  host(name: string): Promise<{ visitor: Visitor; page: ChatPage }>
  /** A new user on the first or the second server. */
  user(name: string, server?: 'one' | 'two'): Promise<{ visitor: Visitor; page: ChatPage }>
  /** Someone who is not logged in. */
  stranger(server?: 'one' | 'two'): Promise<ChatPage>
  /** Another page of the same person. */
  page(visitor: Visitor, server?: 'one' | 'two'): Promise<ChatPage>
  close(): Promise<void>
}

export async function openChatStage({ databaseUrl, redisUrl, env = {} }: { databaseUrl: string; redisUrl: string; env?: Record<string, string> }): Promise<ChatStage> {
  const limits = { CHAT_PER_USER: '1000', CHAT_PER_ADDRESS: '10000', ...env }
  const one = await startServer({ databaseUrl, redisUrl, env: limits })
  const two = await startServer({ databaseUrl, redisUrl, env: limits, sharing: one })
  const servers = { one, two }
  const pages: ChatPage[] = []
  const page = async (visitor: Visitor, server: 'one' | 'two' = 'one'): Promise<ChatPage> => {
    const opened = await ChatPage.open(visitor, servers[server].url)
    pages.push(opened)
    return opened
  }
  const user = async (name: string, server: 'one' | 'two' = 'one') => {
    const visitor = one.visitor()
    const { status, body } = await visitor.signUp(name)
    if (status !== 201) throw new Error(`${name} could not sign up: ${JSON.stringify(body)}`)
    return { visitor, page: await page(visitor, server) }
  }
  return {
    one,
    two,
    page,
    user,
    host: async (name) => {
      const host = await user(name)
      await host.visitor.call('POST', '/api/channels', { body: { name, title: name, category: 'talk' } })
      return host
    },
    stranger: (server = 'one') => page(one.visitor(), server),
    close: async () => {
      for (const opened of pages) opened.close()
      await Promise.all([one.stop(), two.stop()])
    },
  }
}
