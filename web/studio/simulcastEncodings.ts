// How a picture is sent in several sizes at once, so that every viewer gets one that fits.

export type Encoding = { readonly rid?: string; readonly scaleResolutionDownBy: number; readonly maxBitrate: number; readonly maxFramerate?: number }

/**
 * Three layers from 960x540, two from 480x270, else one; the smallest first, as RTP wants them.
 * @param maxBitrate of the largest layer, bit/s.
 */
export function simulcastEncodings({ width, height, maxBitrate }: { readonly width: number; readonly height: number; readonly maxBitrate: number }): Encoding[] {
  const area = width * height
  const layers = area >= 960 * 540 ? 3 : area >= 480 * 270 ? 2 : 1
  if (layers === 1) return [{ scaleResolutionDownBy: 1, maxBitrate }]
  return Array.from({ length: layers }, (_, index) => {
    const step = layers - 1 - index
    // A quarter of the pixels needs about a third of the bits.
    return { rid: `r${index}`, scaleResolutionDownBy: 2 ** step, maxBitrate: Math.max(80_000, Math.round(maxBitrate / 3 ** step)) }
  })
}
