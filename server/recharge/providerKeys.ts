// Keys of providers as operators paste them into settings: PEM, PEM with written-out line ends, or the bare base64 within.
import { X509Certificate, createPrivateKey, createPublicKey } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

const unescape = (text: string): string => text.trim().replaceAll('\\n', '\n')

/** PKCS#1 or PKCS#8. @throws Error that names the setting and nothing of the key */
export function readPrivateKey(setting: string, text: string): KeyObject {
  const given = unescape(text)
  const tries = given.includes('-----BEGIN')
    ? [() => createPrivateKey(given)]
    : (['pkcs8', 'pkcs1'] as const).map((type) => () => createPrivateKey({ key: Buffer.from(given, 'base64'), format: 'der', type }))
  return firstOf(setting, tries)
}

/** A public key, or a certificate with one. @throws Error that names the setting */
export function readPublicKey(setting: string, text: string): KeyObject {
  const given = unescape(text)
  if (given.includes('BEGIN CERTIFICATE')) return firstOf(setting, [() => new X509Certificate(given).publicKey])
  if (given.includes('-----BEGIN')) return firstOf(setting, [() => createPublicKey(given)])
  const der = Buffer.from(given, 'base64')
  return firstOf(setting, [() => createPublicKey({ key: der, format: 'der', type: 'spki' }), () => createPublicKey({ key: der, format: 'der', type: 'pkcs1' })])
}

/** Without its head and foot, as Alipay's SDK wants it. */
export const bareBase64 = (pem: string): string => pem.replace(/-----[^-]+-----|\s/g, '')

function firstOf(setting: string, tries: ReadonlyArray<() => KeyObject>): KeyObject {
  for (const attempt of tries) {
    try {
      return attempt()
    } catch {
      // The next form; a key's parse errors may quote it and are not passed on.
    }
  }
  throw new Error(`Wrong setting: ${setting} is not a key in PEM or base64`)
}
