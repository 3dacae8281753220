// Each mode refuses what it should, with the reason a page can show.
import { expect, test } from 'vitest'
import { refusalByModes } from '../../../../server/chat/modeRules.ts'
import type { ModeQuestion } from '../../../../server/chat/modeRules.ts'
import { openModes } from '../../../../server/contract/chat.ts'
import type { ChatModes } from '../../../../server/contract/chat.ts'

const now = Date.parse('2026-01-01T12:00:00Z')
const ask = (modes: Partial<ChatModes>, more: Partial<ModeQuestion> = {}) => refusalByModes({ modes: { ...openModes, ...modes }, text: 'hello', followsSince: null, isGuard: false, now, ...more })

test('an open room lets everything through', () => {
  expect(ask({})).toBeNull()
})

test.each([
  [{ off: true }, 'chat-off'],
  [{ guardsOnly: true }, 'guards-only'],
  [{ followersMinutes: 0 }, 'followers-only'],
  [{ emoteOnly: true }, 'emote-only'],
] as const)('%j refuses a plain text of a stranger', (modes, code) => {
  expect(ask(modes)).toMatchObject({ code })
})

test('links are refused where there are to be none', () => {
  expect(ask({ noLinks: true }, { text: 'see example.com' })).toMatchObject({ code: 'links-refused' })
  expect(ask({ noLinks: true })).toBeNull()
})

test('who has not followed for long enough is told how long to wait', () => {
  const followsSince = new Date(now - 4 * 60_000)
  expect(ask({ followersMinutes: 10 }, { followsSince })).toMatchObject({ code: 'followers-only', retryAfter: 360 })
  expect(ask({ followersMinutes: 4 }, { followsSince })).toBeNull()
  expect(ask({ followersMinutes: 0 }, { followsSince: new Date(now) })).toBeNull()
})

test('a guard may write among guards and among followers, but not when the chat is off', () => {
  expect(ask({ guardsOnly: true, followersMinutes: 10 }, { isGuard: true })).toBeNull()
  expect(ask({ off: true }, { isGuard: true })).toMatchObject({ code: 'chat-off' })
})
