// No command reaches the session with arguments nobody checked.
import { expect, test } from 'vitest'
import type { Amf0Value } from '../../../../bridge/rtmp/Amf0Value.ts'
import { encodeAmf0 } from '../../../../bridge/rtmp/encodeAmf0.ts'
import { parseCommand } from '../../../../bridge/rtmp/parseCommand.ts'
import { RtmpProtocolError } from '../../../../bridge/rtmp/RtmpProtocolError.ts'

const parse = (...values: Amf0Value[]) => parseCommand({ type: 20, timestamp: 0, streamId: 0, chunkStreamId: 3, payload: encodeAmf0(...values) })

test('connect tells the application without query and slashes, and whether the client speaks enhanced RTMP', () => {
  expect(parse('connect', 1, { app: '/live/?token=1', tcUrl: 'rtmp://h/live' })).toEqual({ name: 'connect', transaction: 1, app: 'live', tcUrl: 'rtmp://h/live', enhanced: false })
  expect(parse('connect', 1, { app: 'live', fourCcList: ['hvc1'] })).toMatchObject({ enhanced: true })
  expect(parse('connect', 1, { app: 'live', videoFourCcInfoMap: { '*': 4 }, capsEx: 1 })).toMatchObject({ enhanced: true })
})

test('publish tells the key without its query', () => {
  expect(parse('publish', 5, null, 'key?width=640', 'live')).toEqual({ name: 'publish', transaction: 5, streamKey: 'key' })
})

test('an AMF3 command is read behind its format byte', () => {
  const payload = Buffer.concat([Buffer.from([0]), encodeAmf0('createStream', 2, null)])
  expect(parseCommand({ type: 17, timestamp: 0, streamId: 0, chunkStreamId: 3, payload })).toEqual({ name: 'createStream', transaction: 2 })
})

test('commands that nobody needs are tolerated', () => {
  expect(parse('_checkbw', 3, null)).toEqual({ name: 'other', transaction: 3 })
})

test.each<[string, Amf0Value[]]>([
  ['no values', []],
  ['no transaction', ['connect']],
  ['a name that is no string', [1, 1]],
  ['a name of 65 characters', ['x'.repeat(65), 1]],
  ['connect without an object', ['connect', 1]],
  ['connect without an app', ['connect', 1, {}]],
  ['an app of 2 KB', ['connect', 1, { app: 'x'.repeat(2048) }]],
  ['a fourCC list that is no list', ['connect', 1, { app: 'live', fourCcList: 5 }]],
  ['publish without a key', ['publish', 1, null]],
  ['publish with a number', ['publish', 1, null, 5]],
])('%s is refused', (_name, values) => {
  expect(() => parse(...values)).toThrow(RtmpProtocolError)
})

test('a refusal never quotes the argument', () => {
  expect(() => parse('publish', 1, null, { secret: 'hunter2' })).toThrow(/^((?!hunter2).)*$/)
})
