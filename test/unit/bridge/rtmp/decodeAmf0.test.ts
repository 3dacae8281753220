// AMF0 keeps every value through a round trip and refuses whatever could cost more than its own bytes.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Amf0Value } from '../../../../bridge/rtmp/Amf0Value.ts'
import { decodeAmf0 } from '../../../../bridge/rtmp/decodeAmf0.ts'
import { encodeAmf0 } from '../../../../bridge/rtmp/encodeAmf0.ts'
import { RtmpProtocolError } from '../../../../bridge/rtmp/RtmpProtocolError.ts'

const hex = (text: string) => Buffer.from(text.replace(/\s/g, ''), 'hex')

const anyValue = fc.letrec<{ value: Amf0Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.double(),
    fc.boolean(),
    fc.string({ unit: 'grapheme' }),
    fc.constant(null),
    fc.constant(undefined),
    fc.date({ noInvalidDate: true }),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(fc.string({ minLength: 1 }), tie('value'), { maxKeys: 5, noNullPrototype: false }).map((object) => Object.assign(Object.create(null) as object, object) as Amf0Value),
  ),
})).value

describe('a round trip', () => {
  test('keeps every value', () => {
    fc.assert(
      fc.property(fc.array(anyValue, { maxLength: 5 }), (values) => {
        expect(decodeAmf0(encodeAmf0(...values), { maxDepth: 100, maxValues: 10_000 })).toEqual(values)
      }),
    )
  })

  test('keeps strings above 65,535 bytes as long strings', () => {
    const long = 'x'.repeat(70_000)
    expect(encodeAmf0(long)[0]).toBe(0x0c)
    expect(decodeAmf0(encodeAmf0(long))).toEqual([long])
  })
})

describe('decoding', () => {
  test.each([
    ['an ECMA array, whose count is only a hint', '08 00000007 0001 61 0101 0000 09', [{ a: true }]],
    ['a typed object, without its class name', '10 0003 466f6f 0001 61 00 3ff0000000000000 0000 09', [{ a: 1 }]],
    ['an XML document as its text', '0f 00000003 3c612f', ['<a/']],
    ['a date without its reserved time zone', '0b 408f400000000000 0000', [new Date(1000)]],
    ['unsupported as undefined', '0d', [undefined]],
  ])('reads %s', (_name, bytes, expected) => {
    expect(JSON.stringify(decodeAmf0(hex(bytes)))).toBe(JSON.stringify(expected))
  })

  test('hostile keys stay plain keys', () => {
    const [object] = decodeAmf0(hex('03 0009 5f5f70726f746f5f5f 03 0008 706f6c6c75746564 0101 0000 09 0000 09'))
    expect(Object.keys(object as object)).toEqual(['__proto__'])
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  test.each([
    ['a reference', '07 0001', /references are not supported/],
    ['an AMF3 value', '11 01', /AMF3 values are not supported/],
    ['an unknown marker', 'ff', /unknown AMF0 marker 255/],
    ['a number cut short', '00 3ff0', /ends too early/],
    ['a string longer than its message', '02 ffff 61', /ends too early/],
    ['a long string of 4 GB', '0c ffffffff 61', /ends too early/],
    ['an array of 4 billion values', '0a ffffffff 05', /longer than its message/],
    ['an object without end', '03 0001 61 05', /ends too early/],
  ])('refuses %s', (_name, bytes, message) => {
    expect(() => decodeAmf0(hex(bytes))).toThrow(RtmpProtocolError)
    expect(() => decodeAmf0(hex(bytes))).toThrow(message)
  })

  test('refuses 17 levels and takes 16', () => {
    const nested = (levels: number) => Buffer.concat([...Array<Buffer>(levels).fill(hex('0a 00000001')), hex('05')])
    expect(() => decodeAmf0(nested(16))).not.toThrow()
    expect(() => decodeAmf0(nested(17))).toThrow(/nested deeper than 16/)
  })

  test('refuses more values than its limit', () => {
    expect(() => decodeAmf0(Buffer.alloc(4097, 5))).toThrow(/more than 4096 values/)
  })

  test('throws nothing but its own error, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          decodeAmf0(Buffer.from(bytes))
        } catch (error) {
          expect(error).toBeInstanceOf(RtmpProtocolError)
        }
      }),
      { numRuns: 2_000 },
    )
  })
})
