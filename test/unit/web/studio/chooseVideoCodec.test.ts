// Which codec a browser host sends.
import { expect, test } from 'vitest'
import { chooseVideoCodec } from '../../../../web/studio/chooseVideoCodec.ts'

const vp8 = { kind: 'video', mimeType: 'video/VP8', parameters: {} }
const opus = { kind: 'audio', mimeType: 'audio/opus' }
const h264 = (profile: string, mode: number) => ({ kind: 'video', mimeType: 'video/H264', parameters: { 'profile-level-id': profile, 'packetization-mode': mode } })

test('H.264 constrained baseline in packetization mode 1 comes first, wherever it stands in the list', () => {
  expect(chooseVideoCodec([opus, vp8, h264('640c1f', 1), h264('42e01f', 0), h264('42e01f', 1)])).toEqual(h264('42e01f', 1))
})

test('a browser that cannot encode H.264 sends VP8', () => {
  expect(chooseVideoCodec([opus, vp8])).toBe(vp8)
})

test('packetization mode 0 alone is not enough', () => {
  expect(chooseVideoCodec([h264('42e01f', 0), vp8])).toBe(vp8)
})

test('without a common codec there is none', () => {
  expect(chooseVideoCodec([opus])).toBeUndefined()
})
