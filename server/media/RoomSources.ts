// What a room is sent, in the words the platform speaks.

/** The media that comes in: absent kinds are not sent. `layers` counts simulcast encodings; 1 for a plain stream. */
export type RoomSources = {
  readonly video?: { readonly codec: 'h264' | 'vp8'; readonly layers: number }
  readonly audio?: { readonly codec: 'opus' }
}
