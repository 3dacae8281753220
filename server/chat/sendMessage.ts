// Says a message: every rule in turn, then the database, then the room.
import type { ChatMessage, ChatModes, ChatReplies } from '../contract/chat.ts'
import { may } from '../contract/permissions.ts'
import type { RequestData } from '../contract/sockets.ts'
import { AppError } from '../core/AppError.ts'
import type { Logger } from '../core/logger.ts'
import { newId } from '../core/newId.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Database } from '../db/openDatabase.ts'
import type { FootlightServer, SocketData } from '../realtime/answer.ts'
import type { Follows } from '../social/Follows.ts'
import { authorOf, waitFor } from './Callers.ts'
import type { Callers, KnownCaller } from './Callers.ts'
import type { ChatLimits } from './ChatLimits.ts'
import { keepersRoom } from './chatRooms.ts'
import { findMessage, findRepeats, heldMessages } from './chatStore.ts'
import type { StoredMessage } from './chatStore.ts'
import type { FanOut } from './FanOut.ts'
import type { Mentions } from './Mentions.ts'
import type { Draft, MessageWriter, Written } from './MessageWriter.ts'
import { refusalByModes } from './modeRules.ts'
import type { Pace } from './Pace.ts'
import type { RoomSettings } from './RoomSettings.ts'
import type { TextJudge } from './TextJudge.ts'

export type SendDeps = {
  readonly database: Database
  readonly redis: Redis
  readonly sockets: FootlightServer
  readonly callers: Callers
  readonly limits: ChatLimits
  readonly settings: RoomSettings
  readonly pace: Pace
  readonly follows: Follows
  readonly judge: TextJudge
  readonly mentions: Mentions
  readonly writer: MessageWriter
  readonly fanOut: FanOut
  readonly log: Logger
}
/** A page that got no answer asks again within this time; later the same request shows nothing anew. */
const REPEAT_MS = 60_000

type Request = RequestData<'chat:send'>
type Sent = ChatReplies['chat:send']

/**
 * Resolves once the message is stored. The same client id again is answered alike and stored once.
 * @throws AppError not-logged-in, kept-out, forbidden, too-many-requests, muted, chat-off, followers-only, guards-only, emote-only,
 * links-refused, message-repeated, slow-mode, word-refused, unavailable
 */
export async function sendMessage(deps: SendDeps, data: SocketData, request: Request): Promise<Sent> {
  const { callers, limits, settings, redis } = deps
  // Without Redis nobody's session is known and no other server would hear of it: nothing is half said.
  if (redis.status !== 'ready') throw new AppError('unavailable', { message: 'The chat cannot be reached right now: try again in a moment' })
  const caller = await callers.identifyUser(data, request.channel, 'chat:send')
  await limits.spendMessage(caller.user.id, caller.visitor.addressHash)
  const { modes } = await settings.of(caller.channel.id)
  const [former] = await findRepeats(deps.database, caller.channel.id, [{ authorId: caller.user.id, clientId: request.clientId }])
  if (former) return answerRepeat(deps, caller, modes, former)
  await requireVoice(deps, caller, modes, request.text)
  const { text, held } = await deps.judge.judge(caller, request.text)
  const nextAt = await takeTurn(deps, caller, modes, request)
  const mentioned = await deps.mentions.find(text)
  const draft = await draftOf(deps, caller, request, text, mentioned.map(({ name }) => name))
  const written = await store(deps, caller, request, draft, held)
  announce(deps, caller, written)
  if (written.state === 'said' && !written.repeated) void deps.mentions.notify({ channel: caller.channel, author: caller.user, message: written.message, mentioned })
  return { message: written.message, held: written.state === 'held', nextAt }
}

/** Muted people and the room's modes. */
async function requireVoice({ callers, follows }: SendDeps, { channel, user, role, standing }: KnownCaller, modes: ChatModes, text: string): Promise<void> {
  const muted = standing.mutedOf(user, (await callers.broadcastOf(channel.id))?.id ?? null)
  if (muted) throw new AppError('muted', { message: 'You are muted here', ...waitFor(muted) })
  if (may(role, 'chat:exempt')) return
  const followsSince = modes.followersMinutes === null ? null : await follows.since(user.id, channel.ownerId)
  const refusal = refusalByModes({ modes, text, followsSince, isGuard: (await callers.badgesOf(channel.id, user.id)).guard !== null, now: Date.now() })
  if (refusal) throw new AppError(refusal.code, refusal)
}

/** What needs memory: texts of the last minutes, and each one's turn. @returns epoch ms of the next turn */
async function takeTurn({ pace }: SendDeps, { channel, user, role }: KnownCaller, modes: ChatModes, { clientId, text }: Request): Promise<number> {
  if (may(role, 'chat:exempt')) return 0
  const turn = { channelId: channel.id, userId: user.id, clientId }
  const nextAt = modes.slowSeconds > 0 ? await pace.takeTurn(turn, modes.slowSeconds) : 0
  try {
    if (modes.uniqueOnly) await pace.requireNew(turn, text)
  } catch (error) {
    await pace.giveBack(turn, text)
    throw error
  }
  return nextAt
}

async function draftOf({ database, callers }: SendDeps, { channel, user, role }: KnownCaller, request: Request, text: string, mentions: readonly string[]): Promise<Draft> {
  const [broadcast, replied, badges] = await Promise.all([callers.broadcastOf(channel.id), request.replyTo ? findMessage(database, channel.id, request.replyTo) : undefined, callers.badgesOf(channel.id, user.id)])
  const now = Date.now()
  return {
    id: newId(),
    channel: channel.name,
    broadcastId: broadcast?.id ?? null,
    offsetMs: broadcast?.liveAt ? Math.max(0, now - Date.parse(broadcast.liveAt)) : null,
    at: new Date(now).toISOString(),
    author: authorOf(user, role, badges),
    clientId: request.clientId,
    text,
    replyTo: quote(replied),
    mentions,
    style: may(role, 'chat:style') ? (request.style ?? null) : null,
    line: null,
  }
}

/** What was taken away is not quoted; what never was shown cannot be answered. */
function quote(replied: StoredMessage | undefined): ChatMessage['replyTo'] {
  if (!replied || replied.state === 'held' || replied.state === 'dropped') return null
  const { message, state } = replied
  return { id: message.id, name: message.author?.displayName ?? '', text: state === 'said' ? message.text : '' }
}

async function store({ writer, pace, log }: SendDeps, { channel, user }: KnownCaller, { clientId, text }: Request, draft: Draft, held: boolean): Promise<Written> {
  try {
    return await writer.write(channel.id, draft, held ? 'held' : 'said')
  } catch (error) {
    await pace.giveBack({ channelId: channel.id, userId: user.id, clientId }, text).catch((cause: unknown) => log.debug({ err: cause }, 'a turn could not be given back'))
    throw error
  }
}

function announce({ database, fanOut, sockets, log }: SendDeps, { channel, role }: KnownCaller, { message, state }: Written): void {
  if (state === 'said') return fanOut.say(channel.id, message, may(role, 'chat:exempt'))
  if (state !== 'held') return
  heldMessages(database, channel.id, 1).then(
    ({ total }) => sockets.to(keepersRoom(channel.id)).emit('chat:held', { channel: channel.name, message, left: total }),
    (error: unknown) => log.warn({ err: error }, 'moderators could not be told of a held message'),
  )
}

/** The page did not hear the first answer, and perhaps the room did not hear the message: what was told is not shown twice. */
async function answerRepeat(deps: SendDeps, caller: KnownCaller, modes: ChatModes, { message, state, authorId }: StoredMessage): Promise<Sent> {
  if (state === 'recalled' || state === 'deleted' || state === 'dropped') throw new AppError('message-not-found', { message: 'This message was taken away' })
  if (state === 'said' && Date.now() - Date.parse(message.at) < REPEAT_MS) announce(deps, caller, { message, state, authorId, repeated: true })
  const nextAt = modes.slowSeconds > 0 && !may(caller.role, 'chat:exempt') ? await deps.pace.nextAt(caller.channel.id, caller.user.id) : 0
  return { message, held: state === 'held', nextAt }
}
