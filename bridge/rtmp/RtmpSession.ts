// What one client may do in which order: connect, create a stream, publish once, send media, stop.
import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import { parseCommand } from './parseCommand.ts'
import type { RtmpCommand } from './parseCommand.ts'
import { refusalReason } from './refusalReason.ts'
import { RtmpConnection } from './RtmpConnection.ts'
import type { ConnectionEnd } from './RtmpConnection.ts'
import { MESSAGE } from './RtmpMessage.ts'
import type { RtmpMessage } from './RtmpMessage.ts'
import { RtmpProtocolError } from './RtmpProtocolError.ts'
import type { AuthorizePublish, RtmpLog, RtmpPublishGrant, RtmpPublisher } from './RtmpPublish.ts'
import type { RtmpLimits } from './rtmpLimits.ts'
import { commandError, commandResult, connectResult, onStatus, streamBegin } from './rtmpReplies.ts'
import type { RtmpStatus } from './rtmpReplies.ts'
import { TimestampUnwrapper } from './TimestampUnwrapper.ts'
import { toFlvTags } from './toFlvTags.ts'

const MAX_KEY_LENGTH = 200
const MAX_STREAMS = 8

export type RtmpSessionOptions = {
  readonly socket: Socket
  readonly remoteAddress: string
  readonly limits: RtmpLimits
  readonly apps: readonly string[]
  readonly authorize: AuthorizePublish
  readonly log: RtmpLog
}

/** One client from its first byte to its last; logs one line when it publishes and one when it ends. */
export class RtmpSession implements RtmpPublisher {
  readonly id = randomUUID()
  readonly remoteAddress: string
  readonly #options: RtmpSessionOptions
  readonly #connection: RtmpConnection
  readonly #clock = new TimestampUnwrapper()
  #state: 'new' | 'connected' | 'authorizing' | 'publishing' | 'ended' = 'new'
  #app = ''
  #tcUrl = ''
  #streams = 0
  #publishStreamId = 0
  #grant: RtmpPublishGrant | undefined
  #endReason = ''
  #unpublished = false

  constructor(options: RtmpSessionOptions) {
    this.#options = options
    this.remoteAddress = options.remoteAddress
    const { socket, limits } = options
    this.#connection = new RtmpConnection({ socket, limits, onMessage: (message) => this.#handle(message), onEnd: (end) => this.#finish(end) })
  }

  get bytesReceived(): number {
    return this.#connection.bytesReceived
  }

  /** Memory held for what the client has not finished sending, bytes. */
  get bufferedBytes(): number {
    return this.#connection.bufferedBytes
  }

  close(reason: string): void {
    const status = { level: 'error', code: 'NetStream.Unpublish', description: reason } as const
    this.#connection.end({ reason, fault: 'none' }, onStatus(this.#publishStreamId, status))
  }

  #handle(message: RtmpMessage): void {
    if (message.type === MESSAGE.commandAmf0 || message.type === MESSAGE.commandAmf3) this.#obey(parseCommand(message), message.streamId)
    else if (this.#grant !== undefined) this.#deliver(this.#grant, message)
  }

  #deliver(grant: RtmpPublishGrant, message: RtmpMessage): void {
    for (const { metadata, ...tag } of toFlvTags(message)) {
      if (metadata !== undefined) grant.onMetadata?.(metadata)
      // The sink may have closed us while it took the tag before.
      if (this.#state !== 'publishing') return
      grant.onTag({ ...tag, timestamp: this.#clock.unwrap(tag.timestamp) })
    }
  }

  #obey(command: RtmpCommand, streamId: number): void {
    if (command.name === 'connect') return this.#connect(command)
    if (this.#state === 'new') throw new RtmpProtocolError('a command before connect')
    switch (command.name) {
      case 'createStream':
        return this.#createStream(command.transaction)
      case 'publish':
        return this.#publish(command.streamKey, streamId)
      case 'play':
        return this.#refuse(streamId, 'this server takes streams by RTMP but does not play them', 'NetStream.Play.Failed')
      case 'FCUnpublish':
      case 'deleteStream':
      case 'closeStream':
        return this.#unpublish()
      case 'releaseStream':
      case 'FCPublish':
        return this.#reply(command.transaction, undefined)
      case 'getStreamLength':
        return this.#reply(command.transaction, 0)
      case 'other':
        // _checkbw, _result of a bandwidth check and the like: nobody waits for them.
        return
    }
  }

  #reply(transaction: number, value: number | undefined): void {
    if (transaction !== 0) this.#connection.send(commandResult(transaction, value))
  }

  #connect(command: RtmpCommand & { name: 'connect' }): void {
    if (this.#state !== 'new') throw new RtmpProtocolError('a second connect')
    this.#connection.announceWindows()
    if (!this.#options.apps.includes(command.app)) {
      const description = `the server address must end in /${this.#options.apps[0] ?? ''}`
      const status = { level: 'error', code: 'NetConnection.Connect.Rejected', description } as const
      this.#connection.end({ reason: 'a wrong application name', fault: 'client' }, commandError(command.transaction, status))
      return
    }
    this.#state = 'connected'
    this.#app = command.app
    this.#tcUrl = command.tcUrl
    this.#connection.send(connectResult(command.transaction, command.enhanced))
  }

  #createStream(transaction: number): void {
    this.#streams += 1
    if (this.#streams > MAX_STREAMS) throw new RtmpProtocolError(`more than ${MAX_STREAMS} streams created`)
    this.#reply(transaction, this.#streams)
  }

  #publish(streamKey: string, streamId: number): void {
    if (this.#state !== 'connected') {
      this.#connection.send(onStatus(streamId, badName('this connection already publishes')))
      return
    }
    this.#publishStreamId = streamId
    if (streamKey === '') return this.#refuse(streamId, 'the stream key is missing')
    if (streamKey.length > MAX_KEY_LENGTH) return this.#refuse(streamId, 'the stream key is too long')
    this.#state = 'authorizing'
    this.#connection.pause()
    const { remoteAddress } = this
    const asked = (async () => this.#options.authorize({ app: this.#app, streamKey, remoteAddress, tcUrl: this.#tcUrl }, this))()
    asked.then(
      (grant) => this.#admit(grant),
      (error: unknown) => this.#refuse(streamId, refusalReason(error, streamKey)),
    )
  }

  #admit(grant: RtmpPublishGrant): void {
    if (this.#state === 'ended') {
      this.#release(grant)
      return
    }
    this.#state = 'publishing'
    this.#grant = grant
    this.#options.log.info({ connection: this.id, remoteAddress: this.remoteAddress }, 'rtmp publish accepted')
    this.#connection.admit()
    this.#connection.send(streamBegin(this.#publishStreamId))
    this.#connection.send(onStatus(this.#publishStreamId, { level: 'status', code: 'NetStream.Publish.Start', description: 'Publishing.' }))
    this.#connection.resume()
  }

  #refuse(streamId: number, reason: string, code = 'NetStream.Publish.BadName'): void {
    this.#connection.end({ reason: `refused: ${reason}`, fault: 'client' }, onStatus(streamId, { level: 'error', code, description: reason }))
  }

  #unpublish(): void {
    if (this.#state !== 'publishing') return
    this.#unpublished = true
    const status = { level: 'status', code: 'NetStream.Unpublish.Success', description: 'Unpublished.' } as const
    this.#connection.end({ reason: 'the encoder stopped', fault: 'none' }, onStatus(this.#publishStreamId, status))
  }

  #finish(end: ConnectionEnd): void {
    this.#state = 'ended'
    this.#endReason = end.reason
    const level = end.fault === 'none' ? 'info' : end.fault === 'client' ? 'warn' : 'error'
    const error = end.error === undefined ? {} : { err: end.error }
    const fields = { connection: this.id, remoteAddress: this.remoteAddress, reason: end.reason, bytesReceived: this.#connection.bytesReceived, ...error }
    this.#options.log[level](fields, 'rtmp connection ended')
    const grant = this.#grant
    this.#grant = undefined
    if (grant !== undefined) this.#release(grant)
  }

  #release(grant: RtmpPublishGrant): void {
    try {
      grant.onClosed({ finished: this.#unpublished, reason: this.#endReason })
    } catch (err) {
      this.#options.log.error({ connection: this.id, err }, 'the owner of an rtmp publish failed to close it')
    }
  }
}

function badName(description: string): RtmpStatus {
  return { level: 'error', code: 'NetStream.Publish.BadName', description }
}
