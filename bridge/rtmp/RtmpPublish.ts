// What the RTMP room and the owner of a broadcast say to each other: a request to publish, the sink granted for it, and the handle to end it.
import type { FlvTag } from '../flv/FlvTag.ts'
import type { Amf0Object } from './Amf0Value.ts'

/** What an encoder asked for. `streamKey` is a secret: never log it, and never `tcUrl` either, which may contain it. */
export type RtmpPublishRequest = {
  /** Always one of the server's `apps` (`live`). */
  readonly app: string
  /** The stream name without its query string. */
  readonly streamKey: string
  readonly remoteAddress: string
  readonly tcUrl: string
}

/** The connection as the owner of a broadcast sees it. */
export type RtmpPublisher = {
  /** A random id for logs; tells connections apart. */
  readonly id: string
  readonly remoteAddress: string
  /** Bytes received so far, handshake included. */
  readonly bytesReceived: number
  /** Tells the encoder why (`onStatus`, level error), then ends the connection. Idempotent; `onClosed` follows with this reason. */
  close(reason: string): void
}

/** Where the media of one accepted publish goes. Calls are synchronous; a slow sink must drop, the RTMP side never queues for it. */
export type RtmpPublishGrant = {
  /** Every audio, video and script tag in order of arrival; `@setDataFrame` is already taken off script tags. */
  onTag(tag: FlvTag): void
  /** The decoded `onMetaData` object, each time one arrives, before its script tag goes to `onTag`. */
  onMetadata?(metadata: Amf0Object): void
  /** Exactly once for every grant. No tag follows. */
  onClosed(end: RtmpPublishEnd): void
}

/** `finished`: the encoder took its leave (FCUnpublish, deleteStream); otherwise it was lost or sent away. The reason is readable and free of secrets. */
export type RtmpPublishEnd = { readonly finished: boolean; readonly reason: string }

/**
 * Decides whether a key may publish, before any media is read.
 * An error's `message` is shown to the encoder as the reason of `NetStream.Publish.BadName`.
 */
export type AuthorizePublish = (request: RtmpPublishRequest, publisher: RtmpPublisher) => Promise<RtmpPublishGrant>

/** The part of a logger that the RTMP room uses (pino fits). */
export type RtmpLog = {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}
