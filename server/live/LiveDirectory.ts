// What is live anywhere: the broadcasts of every server, as all of them may show them.
import type { BroadcastView } from '../contract/broadcast.ts'
import type { ChannelId } from '../contract/ids.ts'
import type { Live } from './Live.ts'

export class LiveDirectory {
  readonly #live: Live

  constructor({ live }: { live: Live }) {
    this.#live = live
  }

  /** The channel's running broadcast, whichever server carries it. */
  of(channelId: ChannelId): Promise<BroadcastView | undefined> {
    return Promise.resolve(this.#live.of(channelId)?.view())
  }

  all(): Promise<ReadonlyArray<{ readonly channelId: ChannelId; readonly broadcast: BroadcastView }>> {
    return Promise.resolve(this.#live.all().map((live) => ({ channelId: live.channel.id, broadcast: live.view() })))
  }
}
