// Words an owner's refusal for the encoder's window and our log.

const MAX_REASON = 200

/** One short line from an error, without the stream key even if the error quotes it. */
export function refusalReason(error: unknown, streamKey: string): string {
  const message = error instanceof Error && error.message !== '' ? error.message : 'the stream key was refused'
  return message.replaceAll(streamKey, '…').replace(/\s+/g, ' ').slice(0, MAX_REASON)
}
