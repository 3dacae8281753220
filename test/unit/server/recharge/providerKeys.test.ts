// Keys are taken in every form that providers hand them out in, and never quoted in a failure.
import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { readPrivateKey, readPublicKey } from '../../../../server/recharge/providerKeys.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = (type: 'pkcs1' | 'pkcs8') => privateKey.export({ format: 'pem', type }).toString()

test.each([
  ['PKCS#8 PEM', pem('pkcs8')],
  ['PKCS#1 PEM', pem('pkcs1')],
  ['PEM with written-out line ends', pem('pkcs8').replaceAll('\n', '\\n')],
  ['base64 of PKCS#8', privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')],
  ['base64 of PKCS#1', privateKey.export({ format: 'der', type: 'pkcs1' }).toString('base64')],
])('a private key as %s', (_form, text) => {
  expect(readPrivateKey('X', text).equals(privateKey)).toBe(true)
})

test.each([
  ['PEM', publicKey.export({ format: 'pem', type: 'spki' }).toString()],
  ['base64', publicKey.export({ format: 'der', type: 'spki' }).toString('base64')],
])('a public key as %s', (_form, text) => {
  expect(readPublicKey('X', text).equals(publicKey)).toBe(true)
})

test('what is no key is named by its setting alone', () => {
  expect(() => readPrivateKey('ALIPAY_PRIVATE_KEY', 'secret words')).toThrow(/^Wrong setting: ALIPAY_PRIVATE_KEY is not a key in PEM or base64$/)
})
