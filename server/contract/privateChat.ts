// Private chat (私聊): what two people write to each other, and how each of them sees it.
import { z } from 'zod'
import { forbiddenCharacters, visibleCharacter } from './chat.ts'
import { nameSchema } from './ids.ts'
import type { PersonView } from './people.ts'

/** Characters (code points) of a message. */
export const PRIVATE_MAX_LENGTH = 1000
/** Messages, and conversations, of one page. */
export const PRIVATE_PAGE = 40
/** How long the author may take a message back. */
export const PRIVATE_RECALL_MS = 120_000
/** What a stranger may write before the receiver has accepted. */
export const PRIVATE_REQUEST_MESSAGES = 3
export const PRIVATE_IMAGE_MAX_BYTES = 5 * 1024 * 1024
/** A page says "is typing" at most this often, and shows it for twice as long. */
export const PRIVATE_TYPING_MS = 3_000

const idSchema = z.string().regex(/^[0-9A-Za-z_-]{8,40}$/, 'is not an id')

/** Line breaks are the one control character of a private message; more than one empty line becomes one. */
export const privateTextSchema = z
  .string()
  .transform((text) => text.replace(/\r\n?/g, '\n').replace(/\n{3,}/g, '\n\n').trim())
  .refine((text) => [...text].length <= PRIVATE_MAX_LENGTH, `must have at most ${PRIVATE_MAX_LENGTH} characters`)
  .refine((text) => !forbiddenCharacters.test(text.replaceAll('\n', '')), 'must not contain control characters')
  .refine((text) => text === '' || visibleCharacter.test(text), 'must have a visible character')

/** Names a conversation: the other's name, or `~ID` where the other's account is gone. */
export const privateKeySchema = z.union([nameSchema, z.string().regex(/^~[0-9A-Za-z_-]{8,40}$/, 'is not a conversation')])

export type PrivateImage = { readonly id: string; readonly url: string; readonly width: number; readonly height: number }

export type PrivateMessage = {
  readonly id: string
  /** Counts up by one a message in each conversation. */
  readonly seq: number
  readonly mine: boolean
  /** What the author's page called it; null in the other's messages. */
  readonly clientId: string | null
  /** ISO 8601. */
  readonly at: string
  /** `recalled` by its author, `erased` with the author's account: nothing is left of either. */
  readonly state: 'said' | 'recalled' | 'erased'
  readonly text: string
  readonly image: PrivateImage | null
}

/** A conversation as one of the two sees it. */
export type ConversationView = {
  readonly id: string
  readonly key: string
  /** Grows with every change for this user: a page keeps the view with the highest. */
  readonly version: number
  /** Null: the account is gone. */
  readonly person: PersonView | null
  /** A stranger wrote: stands in Requests until it is accepted. */
  readonly request: boolean
  /** The other has not accepted yet. */
  readonly waiting: boolean
  readonly unread: number
  /** Messages up to these seqs: sent, read by me, told to be read by the other, deleted by me. */
  readonly lastSeq: number
  readonly readSeq: number
  readonly seenSeq: number
  readonly hiddenSeq: number
  readonly last: PrivateMessage | null
  /** ISO 8601, of the last message. */
  readonly at: string
}

/** `requests` are conversations, not messages. */
export type PrivateCounts = { readonly unread: number; readonly requests: number }

/** Why nothing may be written now; null: it may. */
export type PrivateRefusal = 'blocked' | 'messages-refused' | 'limit-reached' | 'user-not-found'

/** `GET /api/messages/with/:key` -> ThreadView with the newest messages, also before anything was written; 404 user-not-found, conversation-not-found. */
export type ThreadView = {
  readonly person: PersonView | null
  readonly conversation: ConversationView | null
  /** Oldest first. */
  readonly messages: readonly PrivateMessage[]
  /** Whether there are older ones. */
  readonly more: boolean
  readonly refusal: PrivateRefusal | null
  /** Where a message of mine would land now. */
  readonly lands: 'inbox' | 'requests'
  /** Messages left until the other accepts; null: no such limit. */
  readonly left: number | null
  readonly blockedByMe: boolean
}

/** `GET /api/messages/with/:key/messages?before=SEQ` (older) or `?after=SEQ` (newer) -> MessagePage. */
export const messagePageSchema = z
  .object({ before: z.coerce.number().int().min(1).optional(), after: z.coerce.number().int().min(0).optional(), limit: z.coerce.number().int().min(1).max(100).default(PRIVATE_PAGE) })
  .refine(({ before, after }) => (before === undefined) !== (after === undefined), 'must have either before or after')
/** Oldest first; `more`: there are further ones in the direction that was asked for. */
export type MessagePage = { readonly messages: readonly PrivateMessage[]; readonly more: boolean }

/** `GET /api/messages?box=…&before=CURSOR` -> ConversationPage, newest first. `GET /api/messages/unread` -> PrivateCounts. */
export const conversationQuerySchema = z.object({
  box: z.enum(['inbox', 'requests']).default('inbox'),
  before: z.string().regex(/^\d{1,16}\.[0-9A-Za-z_-]{8,40}$/, 'is not a cursor').optional(),
})
export type PrivateBox = z.infer<typeof conversationQuerySchema>['box']
export type ConversationPage = { readonly conversations: readonly ConversationView[]; readonly next: string | null }

/** `GET /api/messages/search?q=…` -> PrivateSearch: conversations by name, and messages of one's own conversations, newest first. */
export const privateSearchSchema = z.object({ q: z.string().trim().min(1, 'must not be empty').max(64, 'must have at most 64 characters') })
export type PrivateHit = { readonly conversation: ConversationView; readonly message: PrivateMessage }
export type PrivateSearch = { readonly conversations: readonly ConversationView[]; readonly messages: readonly PrivateHit[] }

/** `GET` and `PATCH /api/messages/settings` -> PrivateSettings. */
export const privateSettingsSchema = z.object({
  /** Only people I follow may begin to write to me. */
  followedOnly: z.boolean(),
  /** Others see what I have read. */
  readReceipts: z.boolean(),
})
export const privateSettingsChangeSchema = privateSettingsSchema.partial()
export type PrivateSettings = z.infer<typeof privateSettingsSchema>

/** `POST /api/messages/images` takes image/jpeg, image/png or image/webp of at most PRIVATE_IMAGE_MAX_BYTES -> 201 PrivateImage, to be sent with a message within the hour. `GET /api/messages/images/:id`: for the two alone. */
export const privateImageIdSchema = idSchema

/** Requests of private chat; the key is the event. */
export const privateChatRequests = {
  /** `clientId` makes a repeat harmless: the same one is stored once and answered alike. */
  'private:send': z
    .object({ to: nameSchema, clientId: idSchema, text: privateTextSchema, image: idSchema.optional() })
    .refine(({ text, image }) => text !== '' || image !== undefined, { path: ['text'], message: 'must not be empty' }),
  'private:recall': z.object({ id: idSchema }),
  /** Everything up to that seq was read. */
  'private:read': z.object({ key: privateKeySchema, seq: z.number().int().min(1) }),
  'private:typing': z.object({ to: nameSchema }),
  'private:accept': z.object({ key: privateKeySchema }),
  'private:decline': z.object({ key: privateKeySchema }),
  /** For oneself: the conversation comes back with its next message. */
  'private:delete': z.object({ key: privateKeySchema }),
} as const

export type PrivateChatReplies = {
  /** The message is stored for good. */
  'private:send': { readonly message: PrivateMessage }
  'private:recall': Record<never, never>
  'private:read': Record<never, never>
  'private:typing': Record<never, never>
  'private:accept': Record<never, never>
  'private:decline': Record<never, never>
  'private:delete': Record<never, never>
}

/** To every page of a user. Best effort: after a reconnect pages ask for what came since. */
export type PrivateChatFacts = {
  /** To both; the page that sent it knows it by its clientId. */
  'private:said': (fact: { conversation: ConversationView; message: PrivateMessage }) => void
  'private:recalled': (fact: { conversation: ConversationView; message: PrivateMessage }) => void
  /** Read, accepted, declined, deleted or its other account gone. */
  'private:changed': (fact: { conversation: ConversationView }) => void
  /** The other is writing just now. */
  'private:typed': (fact: { key: string }) => void
}
