// A message for tests of the chat's pages.
import type { ChatMessage } from '../../../../server/contract/chat.ts'
import type { UserId } from '../../../../server/contract/ids.ts'

export const chatMessage = (seq: number, change: Partial<ChatMessage> = {}): ChatMessage => ({
  id: `message-${seq}`,
  seq,
  channel: 'stage',
  broadcastId: null,
  offsetMs: null,
  at: new Date(1_700_000_000_000 + seq).toISOString(),
  author: { id: 'user-ada' as UserId, name: 'ada', displayName: 'Ada', avatarUrl: null, role: 'viewer', guard: null, fan: null },
  clientId: `client-${seq}`,
  text: `words ${seq}`,
  replyTo: null,
  mentions: [],
  style: null,
  line: null,
  ...change,
})
