// Names why a camera or microphone did not open, so that the page can say what to do.

export type CaptureProblem = 'denied' | 'missing' | 'busy' | 'insecure' | 'unknown'

/** @param name of the DOMException (Media Capture and Streams, section 10.2). */
export function captureProblem({ name, secure }: { readonly name: string; readonly secure: boolean }): CaptureProblem {
  if (!secure) return 'insecure'
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied'
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing'
    case 'NotReadableError':
    case 'AbortError':
      return 'busy'
    default:
      return 'unknown'
  }
}
