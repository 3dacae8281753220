// Assembles private chat (私聊).
import type { Accounts } from '../accounts/Accounts.ts'
import type { Logger } from '../core/logger.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Database } from '../db/openDatabase.ts'
import type { WordFilter } from '../moderation/words/WordFilter.ts'
import type { FootlightServer } from '../realtime/answer.ts'
import type { Slice } from '../realtime/Slice.ts'
import type { Blocks } from '../social/Blocks.ts'
import type { Follows } from '../social/Follows.ts'
import { Conversations } from './Conversations.ts'
import { Correspondents } from './Correspondents.ts'
import { eraseCorrespondence } from './eraseCorrespondence.ts'
import { privateChatRoutes } from './privateChatRoutes.ts'
import { privateChatSockets } from './privateChatSockets.ts'
import { PrivateImages } from './PrivateImages.ts'
import { PrivateLimits } from './PrivateLimits.ts'
import { PrivateMessages } from './PrivateMessages.ts'
import { PrivatePreferences } from './PrivatePreferences.ts'
import { Teller } from './Teller.ts'

export type PrivateChatDeps = { readonly database: Database; readonly redis: Redis; readonly sockets: FootlightServer; readonly accounts: Accounts; readonly blocks: Blocks; readonly follows: Follows; readonly words: WordFilter; readonly mediaDir: string; readonly log: Logger }

export function createPrivateChat({ database, redis, sockets, accounts, blocks, follows, words, mediaDir, log }: PrivateChatDeps): Slice {
  const preferences = new PrivatePreferences({ database })
  const images = new PrivateImages({ database, mediaDir, log })
  const limits = new PrivateLimits({ redis })
  const teller = new Teller({ database, sockets, log })
  const correspondents = new Correspondents({ database, blocks, follows, preferences })
  const messages = new PrivateMessages({ database, correspondents, images, limits, words, teller })
  const conversations = new Conversations({ database, correspondents, images, preferences, teller })
  return {
    routes: [privateChatRoutes({ database, conversations, images, limits, preferences })],
    sockets: [(socket) => privateChatSockets(socket, { accounts, messages, conversations, log })],
    erase: (userId) => eraseCorrespondence({ database, images, preferences, teller }, userId),
    close: () => images.close(),
  }
}
