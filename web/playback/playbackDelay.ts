// Measures how far behind the host's camera the viewer's picture is, in ms, by the best clock at hand.
/** Between 1900, where NTP counts from, and 1970 (RFC 5905 section 6). */
const NTP_EPOCH_MS = 2_208_988_800_000
/** Beyond this the clocks disagree and the number would be a lie. */
const PLAUSIBLE_MS = 60_000

export type DelayFacts = {
  /** The server's time now: this machine's clock plus the offset. */
  readonly serverNow: number
  /** From inbound-rtp: when what plays now passed the SFU, by the SFU's NTP clock. */
  readonly estimatedPlayoutTimestamp: number | null
  readonly roundTripMs: number | null
  /** Mean stay in the jitter buffer during the last second. */
  readonly jitterBufferMs: number | null
  readonly ingestMs: number | null
}

/** @returns null while nothing can be told. */
export function webrtcDelay(facts: DelayFacts): number | null {
  const { serverNow, estimatedPlayoutTimestamp, roundTripMs, jitterBufferMs, ingestMs } = facts
  if (estimatedPlayoutTimestamp !== null && estimatedPlayoutTimestamp > 0) {
    const playing = estimatedPlayoutTimestamp > NTP_EPOCH_MS ? estimatedPlayoutTimestamp - NTP_EPOCH_MS : estimatedPlayoutTimestamp
    const behind = serverNow - playing
    // The SFU stamps packets as they pass: the way from the host to it is to be added.
    if (behind > -250 && behind < PLAUSIBLE_MS) return Math.max(0, Math.round(behind)) + (ingestMs ?? 0)
  }
  if (jitterBufferMs === null) return null
  return Math.round((roundTripMs ?? 0) / 2 + jitterBufferMs + (ingestMs ?? 0))
}

/**
 * @param playingDate program date time of the frame on screen, ms since 1970.
 * @param playerLatencyMs the player's own estimate, for playlists without program date time.
 */
export function hlsDelay({ serverNow, playingDate, playerLatencyMs }: { readonly serverNow: number; readonly playingDate: number | null; readonly playerLatencyMs: number | null }): number | null {
  if (playingDate !== null) {
    const behind = serverNow - playingDate
    if (behind >= 0 && behind < 10 * PLAUSIBLE_MS) return Math.round(behind)
  }
  return playerLatencyMs === null || playerLatencyMs <= 0 ? null : Math.round(playerLatencyMs)
}
