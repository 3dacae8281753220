// Media messages become the tags a player would read from a file.
import { expect, test } from 'vitest'
import { flvTagBytes } from '../../../../bridge/flv/writeFlv.ts'
import { encodeAmf0 } from '../../../../bridge/rtmp/encodeAmf0.ts'
import { MESSAGE } from '../../../../bridge/rtmp/RtmpMessage.ts'
import { RtmpProtocolError } from '../../../../bridge/rtmp/RtmpProtocolError.ts'
import { toFlvTags } from '../../../../bridge/rtmp/toFlvTags.ts'

test('@setDataFrame is taken off and the metadata is decoded', () => {
  const data = encodeAmf0('onMetaData', { width: 640, encoder: 'obs' })
  const [tag] = toFlvTags({ type: MESSAGE.dataAmf0, timestamp: 7, payload: Buffer.concat([encodeAmf0('@setDataFrame'), data]) })
  expect({ ...tag, metadata: { ...tag?.metadata } }).toEqual({ type: 'script', timestamp: 7, data, metadata: { width: 640, encoder: 'obs' } })
})

test('an AMF3 data message is the same behind its format byte', () => {
  const data = encodeAmf0('onMetaData', { width: 1 })
  expect(toFlvTags({ type: MESSAGE.dataAmf3, timestamp: 0, payload: Buffer.concat([Buffer.from([0]), data]) })[0]?.data).toEqual(data)
})

test('other script data passes without metadata', () => {
  const [tag] = toFlvTags({ type: MESSAGE.dataAmf0, timestamp: 0, payload: encodeAmf0('onTextData', { text: 'hello' }) })
  expect(tag).not.toHaveProperty('metadata')
})

test('an aggregate message is split, its times counted from the message', () => {
  const tags = [
    { type: 'audio', timestamp: 5000, data: Buffer.from([0xaf, 1, 2]) },
    { type: 'video', timestamp: 5020, data: Buffer.from([0x17, 1, 0, 0, 0]) },
  ] as const
  const payload = Buffer.concat(tags.map(flvTagBytes))
  expect(toFlvTags({ type: MESSAGE.aggregate, timestamp: 100, payload }).map(({ type, timestamp }) => [type, timestamp])).toEqual([
    ['audio', 100],
    ['video', 120],
  ])
})

test.each([5, 15])('an aggregate message cut after %i bytes is refused', (length) => {
  const payload = flvTagBytes({ type: 'audio', timestamp: 0, data: Buffer.alloc(10) }).subarray(0, length)
  expect(() => toFlvTags({ type: MESSAGE.aggregate, timestamp: 0, payload })).toThrow(RtmpProtocolError)
})

test('an aggregate message inside another is refused', () => {
  const payload = Buffer.from([22, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
  expect(() => toFlvTags({ type: MESSAGE.aggregate, timestamp: 0, payload })).toThrow(/inside another/)
})
