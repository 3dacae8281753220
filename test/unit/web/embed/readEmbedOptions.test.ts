import { expect, test } from 'vitest'
import { readEmbedOptions } from '../../../../web/embed/readEmbedOptions.ts'

const read = (query: string) => readEmbedOptions(new URLSearchParams(query))

test('by default the player begins by itself, muted, with controls', () => {
  expect(read('')).toEqual({ autoplay: true, muted: true, controls: true, replay: null, startAt: 0 })
})

test('each can be switched', () => {
  expect(read('autoplay=0&controls=false')).toMatchObject({ autoplay: false, muted: false, controls: false })
  expect(read('muted=0')).toMatchObject({ autoplay: true, muted: false })
})

test('a replay begins where it is asked to; nonsense is ignored', () => {
  expect(read('replay=abcdefgh23456789&t=90')).toMatchObject({ replay: 'abcdefgh23456789', startAt: 90 })
  expect(read('replay=../../etc&t=-5')).toMatchObject({ replay: null, startAt: 0 })
  expect(read('t=NaN').startAt).toBe(0)
})
