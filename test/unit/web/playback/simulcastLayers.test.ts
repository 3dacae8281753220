// Which layer a viewer gets.
import { expect, test } from 'vitest'
import { layerHeights, preferredLayer } from '../../../../web/playback/simulcastLayers.ts'

const heights = [180, 360, 720]

test('each layer halves the one above it', () => {
  expect(layerHeights({ height: 720, layers: 3 })).toEqual(heights)
  expect(layerHeights({ height: 540, layers: 1 })).toEqual([540])
})

test.each([
  [150, 0],
  [200, 0],
  [360, 1],
  [405, 1],
  [600, 2],
  [2_160, 2],
])('a player of %i device pixels takes layer %i', (playerHeight, layer) => {
  expect(preferredLayer({ heights, playerHeight })).toBe(layer)
})

test('without layers the answer is the only one', () => {
  expect(preferredLayer({ heights: [], playerHeight: 400 })).toBe(0)
})
