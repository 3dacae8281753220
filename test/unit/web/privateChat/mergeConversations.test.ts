import { expect, test } from 'vitest'
import type { ConversationView } from '../../../../server/contract/privateChat.ts'
import { inBox, mergeConversations } from '../../../../web/privateChat/mergeConversations.ts'

const view = (id: string, minute: number, change: Partial<ConversationView> = {}): ConversationView => ({
  id,
  key: id,
  version: 1,
  person: null,
  request: false,
  waiting: false,
  unread: 0,
  lastSeq: 1,
  readSeq: 0,
  seenSeq: 0,
  hiddenSeq: 0,
  last: null,
  at: `2026-01-01T10:${String(minute).padStart(2, '0')}:00.000Z`,
  ...change,
})
const ids = (views: readonly ConversationView[]) => views.map(({ id }) => id)

test('a new message brings its conversation to the top', () => {
  expect(ids(mergeConversations([view('a', 2), view('b', 1)], [view('b', 3, { version: 2 })]))).toEqual(['b', 'a'])
})

test('an older view that comes late changes nothing', () => {
  const held = [view('a', 5, { version: 4, unread: 0 })]
  expect(mergeConversations(held, [view('a', 4, { version: 3, unread: 2 })])).toEqual(held)
})

test('a box shows its own, and none that was deleted', () => {
  const views = [view('a', 3), view('b', 2, { request: true }), view('c', 1, { hiddenSeq: 1 })]
  expect(ids(inBox(views, false, null))).toEqual(['a'])
  expect(ids(inBox(views, true, null))).toEqual(['b'])
})

test('what is older than the pages loaded so far waits for its page, so that no gap is hidden', () => {
  const [a, b, old] = [view('a', 9), view('b', 8), view('old', 1)]
  expect(ids(inBox(mergeConversations([a, b], [old]), false, b))).toEqual(['a', 'b'])
  expect(ids(inBox(mergeConversations([a, b], [old]), false, null))).toEqual(['a', 'b', 'old'])
})
