// Says no to packaging from a worker: an RTMP connection of this bridge feeds the broadcast, and one hub has one source.
export class BroadcastTakenError extends Error {
  override readonly name = 'BroadcastTakenError'

  constructor() {
    super('an RTMP connection feeds this broadcast here')
  }
}
