// WeChat Pay's signatures and seals, by its documents.
import { createCipheriv, createSign, createVerify, generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { authorize, unseal, verifyWords } from '../../../../../server/recharge/wechat/wechatSignature.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const NOW = 1_554_208_460_000

test('a request is signed over method, path, time, nonce and body, each with a line end', () => {
  const request = { method: 'GET', path: '/v3/certificates?x=1', body: '', time: 1_554_208_460, nonce: '593BEC0C930BF1AFEB40B4A08C8FB242' }
  const header = authorize(request, { mchId: '1900009191', serial: '1DDE55AD98ED71D6EDD4A4A16996DE7B47773A8C', key: privateKey })
  const [, signature = ''] = /signature="([^"]+)"/.exec(header) ?? []
  expect(header).toBe(`WECHATPAY2-SHA256-RSA2048 mchid="1900009191",nonce_str="593BEC0C930BF1AFEB40B4A08C8FB242",signature="${signature}",timestamp="1554208460",serial_no="1DDE55AD98ED71D6EDD4A4A16996DE7B47773A8C"`)
  expect(createVerify('RSA-SHA256').update('GET\n/v3/certificates?x=1\n1554208460\n593BEC0C930BF1AFEB40B4A08C8FB242\n\n').verify(publicKey, signature, 'base64')).toBe(true)
})

test('words are believed from the known key, unaltered, within five minutes', () => {
  const words = { time: '1554208460', nonce: 'n', serial: 'PUB_KEY_ID_1', body: '{"a":1}', signature: createSign('RSA-SHA256').update('1554208460\nn\n{"a":1}\n').sign(privateKey, 'base64') }
  const known = { serial: 'PUB_KEY_ID_1', key: publicKey, now: NOW }
  expect(() => verifyWords(words, known)).not.toThrow()
  expect(() => verifyWords({ ...words, body: '{"a":2}' }, known)).toThrow('wrong')
  expect(() => verifyWords({ ...words, time: '1554208461' }, known)).toThrow('wrong')
  expect(() => verifyWords({ ...words, serial: 'PUB_KEY_ID_2' }, known)).toThrow('not known')
  expect(() => verifyWords(words, { ...known, now: NOW + 301_000 })).toThrow('too old')
})

test('a sealed resource opens with the APIv3 key and its associated data, and not otherwise', () => {
  const key = '0123456789abcdef0123456789abcdef'
  const cipher = createCipheriv('aes-256-gcm', key, '0123456789ab')
  cipher.setAAD(Buffer.from('transaction'))
  const ciphertext = Buffer.concat([cipher.update('{"ok":true}'), cipher.final(), cipher.getAuthTag()]).toString('base64')
  const sealed = { ciphertext, nonce: '0123456789ab', associated_data: 'transaction' }
  expect(unseal(sealed, key)).toBe('{"ok":true}')
  expect(() => unseal({ ...sealed, associated_data: 'refund' }, key)).toThrow('cannot be opened')
  expect(() => unseal(sealed, key.toUpperCase())).toThrow('cannot be opened')
  expect(() => unseal({ ...sealed, ciphertext: '' }, key)).toThrow('cannot be opened')
})
