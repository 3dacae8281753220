// The key pair by which push services know this platform (RFC 8292): made at first start, sealed in MySQL, the same for all servers.
import webPush from 'web-push'
import { openStreamKey, sealStreamKey } from '../../channels/streamKey.ts'
import type { Database } from '../../db/openDatabase.ts'

export type VapidKeys = { readonly publicKey: string; readonly privateKey: string }

const NAME = 'vapid-keys'

/** @throws Error when APP_SECRET is not the one the keys were sealed with */
export async function vapidKeys(database: Database, appSecret: string): Promise<VapidKeys> {
  // The same sealing as stream keys have, under a key of its own.
  const secret = `web push|${appSecret}`
  const find = () => database('sealed_settings').where({ name: NAME }).first('value') as Promise<{ value: Buffer } | undefined>
  let row = await find()
  if (!row) {
    await database('sealed_settings').insert({ name: NAME, value: sealStreamKey(JSON.stringify(webPush.generateVAPIDKeys()), secret), created_at: new Date() }).onConflict().ignore()
    row = await find()
  }
  if (!row) throw new Error('The keys of Web Push were not stored')
  return JSON.parse(openStreamKey(row.value, secret)) as VapidKeys
}
