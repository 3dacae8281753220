// Loads the WebRTC device once, and tells a browser that has none from a network that failed.
import type { types } from 'mediasoup-client'
import { RequestFailed } from '../client/RequestFailed.ts'

export type DeviceSource = {
  /** @returns null when this browser has no WebRTC that we know. @throws RequestFailed `network` when the code did not load. */
  get(): Promise<types.Device | null>
}

export function createDeviceSource(load: () => Promise<types.Device>): DeviceSource {
  let loading: Promise<types.Device> | null = null
  return {
    async get() {
      loading ??= load()
      try {
        return await loading
      } catch (thrown) {
        loading = null
        // A chunk that could not be fetched is a TypeError; an unknown browser is mediasoup-client's UnsupportedError.
        if (thrown instanceof TypeError) throw new RequestFailed('network', { cause: thrown })
        return null
      }
    },
  }
}
