// The sandbox's signatures hold for their bytes and their time alone.
import { expect, test } from 'vitest'
import { sandboxKey, signSandbox, verifySandbox } from '../../../../../server/recharge/sandbox/sandboxSignature.ts'

const key = sandboxKey('a secret of sixteen')
const body = Buffer.from('{"id":"e1"}')
const NOW = 1_700_000_000_000
const verify = (header: unknown, { at = NOW, of = body, with: by = key } = {}) => () => verifySandbox(by, of, header, at)

test('a fresh signature holds, also from a clock that is a little off', () => {
  const header = signSandbox(key, NOW / 1000, body)
  for (const at of [NOW, NOW + 299_000, NOW - 299_000]) expect(verify(header, { at })).not.toThrow()
})

test('another body, key, time or form does not', () => {
  const header = signSandbox(key, NOW / 1000, body)
  expect(verify(header, { of: Buffer.from('{"id":"e2"}') })).toThrow('wrong')
  expect(verify(header, { with: sandboxKey('another secret here') })).toThrow('wrong')
  expect(verify(header, { at: NOW + 301_000 })).toThrow('too old')
  expect(verify(header.replace(/^t=\d+/, `t=${NOW / 1000 + 1}`))).toThrow('wrong')
  for (const odd of [undefined, '', 't=1', ['t=1', 'v1=2'], `${header},v1=00`]) expect(verify(odd)).toThrow('wrong')
})
