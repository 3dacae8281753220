// The player's keys.
import { expect, test } from 'vitest'
import { playerKeys } from '../../../../web/player/playerKeys.ts'

const press = (key: string, more = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...more })
const live = { seekable: false }

test.each([
  [' ', 'toggle-play'],
  ['m', 'toggle-mute'],
  ['M', 'toggle-mute'],
  ['f', 'toggle-fullscreen'],
  ['t', 'toggle-theatre'],
  ['p', 'toggle-pip'],
  ['d', 'toggle-danmaku'],
])('%j means %s', (key, type) => {
  expect(playerKeys(press(key), live)).toEqual({ type })
})

test('up and down change the volume everywhere', () => {
  expect(playerKeys(press('ArrowUp'), live)).toEqual({ type: 'change-volume', by: 0.05 })
  expect(playerKeys(press('ArrowDown'), { seekable: true })).toEqual({ type: 'change-volume', by: -0.05 })
})

test('left and right seek in a replay and change the volume of a live picture', () => {
  expect(playerKeys(press('ArrowLeft'), { seekable: true })).toEqual({ type: 'seek', bySeconds: -5 })
  expect(playerKeys(press('ArrowRight'), live)).toEqual({ type: 'change-volume', by: 0.05 })
})

test('what belongs to the browser is left to it', () => {
  expect(playerKeys(press('p', { ctrlKey: true }), live)).toBeNull()
  expect(playerKeys(press('f', { metaKey: true }), live)).toBeNull()
  expect(playerKeys(press('x'), live)).toBeNull()
})
