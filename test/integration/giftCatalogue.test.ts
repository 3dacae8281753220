// The catalogue on real servers: drafts, versions that never change, sale on and off, uploads, and who may do what.
import sharp from 'sharp'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { AdminGift, GiftDraft, GiftFile, GiftView } from '../../server/contract/gifts.ts'
import { eventually } from '../support/eventually.ts'
import { ask, codeOf, newKey, openGiftStage } from '../support/giftStage.ts'
import type { GiftPerson, GiftStage } from '../support/giftStage.ts'

let stage: GiftStage
let operator: GiftPerson
beforeAll(async () => {
  stage = await openGiftStage({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') })
  operator = await stage.user('catalogue-op')
  await stage.database('users').where({ id: operator.id }).update({ role: 'operator' })
  await stage.host('catahost')
})
afterAll(() => stage?.close())

const draft: GiftDraft = { name: { en: 'Lamp', zhCN: '灯' }, price: '30', icon: 'starter/heart.svg', effect: 'none', effectFile: null, durationMs: 0, tier: 1, place: 5, onSaleFrom: null, onSaleTo: null, guardsOnly: false }
const admin = <T = AdminGift>(method: string, path: string, body?: unknown) => operator.visitor.call<T>(method, `/api/admin/gifts${path}`, body === undefined ? {} : { body })
const shelf = async () => (await stage.two.visitor().call<GiftView[]>('GET', '/api/gifts')).body
const upload = (kind: string, body: Uint8Array, who = operator) => who.visitor.call<GiftFile & { error?: { code: string; message: string } }>('POST', `/api/admin/gifts/files?kind=${kind}`, { body, headers: { 'content-type': 'application/octet-stream' } })

test('a draft is on no shelf; published it is, at a version that keeps what was sent as it was', async () => {
  const created = await admin('POST', '', draft)
  expect(created).toMatchObject({ status: 201, body: { published: null, onSale: false, changed: true } })
  const { id } = created.body
  expect((await shelf()).some((gift) => gift.id === id)).toBe(false)
  expect((await admin('POST', `/${id}/publish`)).body).toMatchObject({ published: { version: 1, price: '30' }, onSale: true, changed: false })
  await eventually('the other server sells it', async () => (await shelf()).some((gift) => gift.id === id))
  const buyer = await stage.user('cata-buyer', 1000n)
  const socket = await buyer.socket('two')
  const first = { channel: 'catahost', gift: id, version: 1, quantity: 1 }
  expect(codeOf(await ask(socket, 'gift:send', { ...first, key: newKey() }))).toBe('ok')
  expect((await admin('PUT', `/${id}`, { ...draft, price: '40' })).body).toMatchObject({ changed: true, published: { version: 1, price: '30' } })
  expect(codeOf(await ask(socket, 'gift:send', { ...first, key: newKey() }))).toBe('ok')
  await admin('POST', `/${id}/publish`)
  // Published again as it is, it stays what it is.
  expect((await admin('POST', `/${id}/publish`)).body.published?.version).toBe(2)
  await eventually('the old price is gone everywhere', async () => codeOf(await ask(socket, 'gift:send', { ...first, key: newKey() })) === 'price-changed', 3000)
  expect(codeOf(await ask(socket, 'gift:send', { ...first, version: 2, key: newKey() }))).toBe('ok')
  const sendings = (await stage.database('gift_sendings').where({ gift_id: id }).orderBy('at').select('version', 'total')) as Array<{ version: number; total: string }>
  expect(sendings[0]).toMatchObject({ version: 1, total: '30' })
  expect(sendings.at(-1)).toMatchObject({ version: 2, total: '40' })
  expect((await admin('POST', `/${id}/retire`)).body.onSale).toBe(false)
  await eventually('it is off sale everywhere', async () => codeOf(await ask(socket, 'gift:send', { ...first, version: 2, key: newKey() })) === 'off-sale', 3000)
  const { body } = await operator.visitor.call<{ entries: Array<{ action: string }> }>('GET', '/api/moderation/audit')
  expect(body.entries.map(({ action }) => action)).toEqual(expect.arrayContaining(['gift:create', 'gift:save', 'gift:publish', 'gift:retire']))
})

test('a gift is sold between its dates alone', async () => {
  const later = new Date(Date.now() + 2500).toISOString()
  const { body } = await admin('POST', '', { ...draft, onSaleFrom: later, onSaleTo: new Date(Date.now() + 60_000).toISOString() })
  await admin('POST', `/${body.id}/publish`)
  expect((await shelf()).some(({ id }) => id === body.id)).toBe(false)
  await eventually('its time has come', async () => (await shelf()).some(({ id }) => id === body.id), 6000)
})

test('pictures are encoded anew, effects are checked, and both are served so that they do nothing by themselves', async () => {
  const png = await sharp({ create: { width: 400, height: 300, channels: 4, background: '#f008' } }).png().toBuffer()
  const icon = await upload('icon', png)
  expect(icon).toMatchObject({ status: 201, body: { kind: 'icon', url: expect.stringMatching(/^\/gift-files\/\w+\.webp$/) } })
  const lottie = { v: '5.7.0', fr: 30, ip: 0, op: 60, w: 100, h: 100, layers: [] }
  const effect = await upload('effect', Buffer.from(JSON.stringify(lottie)))
  expect(effect).toMatchObject({ status: 201, body: { kind: 'lottie', durationMs: 2000 } })
  for (const { body } of [icon, effect]) {
    const response = await fetch(new URL(body.url, stage.two.url))
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toContain('immutable')
    expect(response.headers.get('content-security-policy')).toContain('sandbox')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  }
  const { body } = await admin('POST', '', { ...draft, icon: icon.body.file, effect: 'lottie', effectFile: effect.body.file, durationMs: 2000, tier: 3 })
  expect((await admin('POST', `/${body.id}/publish`)).body.published).toMatchObject({ iconUrl: icon.body.url, effectUrl: effect.body.url, effect: 'lottie' })
  for (const bad of ['<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'no picture']) expect((await upload('icon', Buffer.from(bad))).body.error?.code).toBe('bad-image')
  expect((await upload('effect', Buffer.from(JSON.stringify({ ...lottie, layers: [{ ks: { o: { x: 'alert(1)' } } }] })))).body.error?.code).toBe('bad-effect')
  expect((await upload('effect', Buffer.alloc(4 * 1024 * 1024 + 1))).status).toBe(413)
  expect((await upload('icon', Buffer.alloc(600 * 1024))).status).toBe(413)
  expect((await fetch(new URL('/gift-files/../avatars/x.webp', stage.one.url))).status).not.toBe(500)
})

test.each([
  ['a file that is not there', { icon: 'nothing.webp' }],
  ['an effect of another kind', { effect: 'svga', effectFile: 'starter/crown.json', durationMs: 100 }],
  ['an effect without a file', { effect: 'lottie', durationMs: 100 }],
  ['a file without an effect', { effectFile: 'starter/crown.json' }],
  ['a path', { icon: '../../etc/passwd' }],
  ['no price', { price: '0' }],
  ['half a coin', { price: '0.5' }],
  ['a price as a number', { price: 5 }],
  ['an end before its begin', { onSaleFrom: '2027-01-02T00:00:00Z', onSaleTo: '2027-01-01T00:00:00Z' }],
  ['no name in Chinese', { name: { en: 'x', zhCN: '' } }],
])('a draft with %s is refused', async (_what, change) => {
  expect((await admin('POST', '', { ...draft, ...change })).status).toBe(400)
})

test('a channel may have its own share; nobody but operators sets anything', async () => {
  const host = await stage.host('cata-share')
  const set = await operator.visitor.call('PUT', '/api/admin/channels/cata-share/gift-share', { body: { share: 9000 } })
  expect(set).toMatchObject({ status: 200, body: { share: 9000 } })
  const fan = await stage.user('cata-fan', 1000n)
  const socket = await fan.socket()
  expect(codeOf(await ask(socket, 'gift:send', { channel: 'cata-share', gift: 'heart', version: 1, quantity: 100, key: newKey() }))).toBe('ok')
  expect(await stage.beansOf(host.id)).toBe(90n)
  expect((await operator.visitor.call('PUT', '/api/admin/channels/cata-share/gift-share', { body: { share: 10_001 } })).status).toBe(400)
  for (const [method, path] of [['GET', ''], ['POST', ''], ['PUT', '/rose'], ['POST', '/rose/publish'], ['POST', '/rose/retire'], ['POST', '/files?kind=icon']] as const) {
    const call = method === 'GET' ? {} : { body: draft }
    expect((await host.visitor.call(method, `/api/admin/gifts${path}`, call)).status, path).toBe(403)
    expect((await stage.one.visitor().call(method, `/api/admin/gifts${path}`, call)).status, path).toBe(401)
  }
})
