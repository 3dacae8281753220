// A link that ends one kind of e-mail without logging in: whose and which, signed, so that nobody can make one up.
import { createHmac, timingSafeEqual } from 'node:crypto'
import { chosenKindSchema } from '../../contract/notify.ts'
import type { ChosenKind } from '../../contract/notify.ts'
import { userIdSchema } from '../../contract/ids.ts'
import type { UserId } from '../../contract/ids.ts'

export type Unsubscription = { readonly userId: UserId; readonly kind: ChosenKind }

const sign = (text: string, secret: string): Buffer => createHmac('sha256', secret).update(`unsubscribe|${text}`).digest()

/** @param secret the installation's APP_SECRET */
export function unsubscribeToken({ userId, kind }: Unsubscription, secret: string): string {
  const text = `${userId}.${kind}`
  return `${text}.${sign(text, secret).toString('base64url')}`
}

/** What the token stands for; undefined for one that this platform did not make. */
export function readUnsubscribeToken(token: string, secret: string): Unsubscription | undefined {
  const [userId, kind, signature = ''] = token.split('.')
  const expected = sign(`${userId}.${kind}`, secret)
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined
  const who = userIdSchema.safeParse(userId)
  const what = chosenKindSchema.safeParse(kind)
  return who.success && what.success ? { userId: who.data, kind: what.data } : undefined
}
