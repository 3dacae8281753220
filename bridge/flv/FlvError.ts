// Tells malformed FLV, H.264 or tag bytes apart from our own mistakes, so that callers drop the source and not the process.

/** Thrown by the FLV readers for input that cannot be FLV. */
export class FlvError extends Error {
  override readonly name = 'FlvError'
}
