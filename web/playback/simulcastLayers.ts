// What a viewer can choose from, and which layer suits the player's size.

/** Each layer halves the one above it. @returns heights in pixels, the smallest first. */
export function layerHeights({ height, layers }: { readonly height: number; readonly layers: number }): number[] {
  return Array.from({ length: layers }, (_, index) => Math.round(height / 2 ** (layers - 1 - index)))
}

/**
 * The smallest layer that fills the player without visible blur.
 * @param playerHeight in device pixels: CSS pixels times devicePixelRatio.
 */
export function preferredLayer({ heights, playerHeight }: { readonly heights: readonly number[]; readonly playerHeight: number }): number {
  // A little upscaling is invisible and halves the bytes.
  const enough = heights.findIndex((height) => height * 1.15 >= playerHeight)
  return enough === -1 ? Math.max(0, heights.length - 1) : enough
}
