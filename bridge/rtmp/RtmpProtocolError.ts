// Tells a client's garbage apart from our own mistakes: it closes one connection, with its message as the one log line.

/** Thrown for anything a client sent that breaks RTMP or a limit. The message never quotes what the client sent. */
export class RtmpProtocolError extends Error {
  override readonly name = 'RtmpProtocolError'
}
