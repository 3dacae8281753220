// Promises of the red packets a page knows: an older word changes nothing, and what is over leaves after a moment.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { PacketView } from '../../../../server/contract/gifts.ts'
import type { FeedSocket } from '../../../../web/chat/ChatFeed.ts'
import { PacketBook } from '../../../../web/gifts/PacketBook.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const packet = (change: Partial<PacketView>): PacketView => ({ id: 'p1', channel: 'ada', sender: { id: 'u', name: 'u', displayName: 'u', avatarUrl: null } as PacketView['sender'], total: '10', shares: 3, left: 3, state: 'waiting', opensAt: '2026-01-01T00:00:00.000Z', closesAt: '2026-01-01T00:03:00.000Z', ...change })
const open = (answers: Record<string, unknown> = {}) =>
  new PacketBook({ channel: 'ada', socket: { connected: true, request: async (name: string) => answers[name], onConnect: () => () => undefined, on: () => () => undefined } as unknown as FeedSocket })

test('a packet goes from waiting to open to empty, and never back', () => {
  const book = open()
  book.take(packet({ state: 'open', left: 2 }))
  book.take(packet({ state: 'waiting' }))
  book.take(packet({ state: 'open', left: 3 }))
  expect(book.snapshot.packets).toMatchObject([{ state: 'open', left: 2 }])
  book.take(packet({ state: 'empty', left: 0 }))
  book.take(packet({ state: 'open', left: 1 }))
  expect(book.snapshot.packets).toMatchObject([{ state: 'empty' }])
  vi.advanceTimersByTime(6_000)
  expect(book.snapshot.packets).toEqual([])
  book.close()
})

test('several stand at once, the first to open first, and what was claimed is known', async () => {
  const book = open({ 'packet:claim': { packet: packet({ state: 'open', left: 2 }), amount: '4', coins: '4' } })
  book.take(packet({ id: 'p2', opensAt: '2026-01-01T00:01:00.000Z' }))
  book.take(packet({ state: 'open' }))
  expect(book.snapshot.packets.map(({ id }) => id)).toEqual(['p1', 'p2'])
  expect((await book.claim('p1')).amount).toBe('4')
  expect([...book.snapshot.claimed]).toEqual(['p1'])
  book.close()
})
