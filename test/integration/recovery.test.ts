// The ways back in: recovery codes, mailed codes, and the operator's command.
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { AccountView, RecoveryCodesView } from '../../server/contract/accounts.ts'
import { readSettings } from '../../server/contract/settings.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import { Operator } from '../../server/operator/Operator.ts'
import { eventually } from '../support/eventually.ts'
import { hungUp, openSocket } from '../support/openSocket.ts'
import { startSmtpServer } from '../support/smtpServer.ts'
import type { SmtpServer } from '../support/smtpServer.ts'
import { startServer } from '../support/startServer.ts'
import type { TestServer } from '../support/startServer.ts'
import type { Visitor } from '../support/Visitor.ts'

const PASSWORD = 'a good password'
const NEW_PASSWORD = 'quite another password'

let smtp: SmtpServer
let server: TestServer
let mute: TestServer
beforeAll(async () => {
  smtp = await startSmtpServer()
  const services = { databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') }
  server = await startServer({ ...services, env: { SMTP_URL: smtp.url, MAIL_FROM: 'Footlight <live@footlight.example>', PUBLIC_URL: 'https://live.footlight.example' } })
  mute = await startServer({ ...services, sharing: server })
})
afterAll(async () => {
  await mute?.stop()
  await server?.stop()
  await smtp?.close()
})

async function person(name: string): Promise<Visitor> {
  const visitor = server.visitor()
  await visitor.signUp(name, PASSWORD)
  return visitor
}
const codeIn = (text: string) => /[a-z0-9]{4}(?:-[a-z0-9]{4}){3}/.exec(text)?.[0] ?? ''
const isIn = async (visitor: Visitor) => (await visitor.call<{ user: unknown }>('GET', '/api/me')).body.user !== null
const newCodes = async (visitor: Visitor) => (await visitor.call<RecoveryCodesView>('POST', '/api/me/recovery-codes', { body: { password: PASSWORD } })).body.codes
const reset = (body: object, visitor = server.visitor()) => visitor.call('POST', '/api/reset', { body: { password: NEW_PASSWORD, ...body } })
const setEmail = (visitor: Visitor, email: string, password = PASSWORD) => visitor.call<AccountView & { error?: { code: string } }>('PUT', '/api/me/email', { body: { email, password } })
const forgot = (who: string) => server.visitor().call('POST', '/api/forgot', { body: { who } })

async function withEmail(name: string): Promise<{ visitor: Visitor; email: string }> {
  const visitor = await person(name)
  const email = `${name}@mail.example`
  await setEmail(visitor, email)
  const code = codeIn((await smtp.next(email)).text)
  expect((await visitor.call<AccountView>('POST', '/api/me/email/confirm', { body: { code } })).body).toMatchObject({ email, emailVerified: true })
  return { visitor, email }
}

test('ten recovery codes are shown once, for the password', async () => {
  const ada = await person('ada')
  expect((await ada.call('POST', '/api/me/recovery-codes', { body: { password: 'wrong' } })).status).toBe(401)
  const codes = await newCodes(ada)
  expect(new Set(codes).size).toBe(10)
  expect((await ada.call<AccountView>('GET', '/api/me/account')).body.recoveryCodesLeft).toBe(10)
  const database = openDatabase({ url: server.databaseUrl })
  const rows = (await database('recovery_codes').select('code_hash')) as Array<{ code_hash: Buffer }>
  await database.destroy()
  for (const { code_hash: hash } of rows) for (const code of codes) expect(hash.toString('latin1')).not.toContain(code.replaceAll('-', '').slice(0, 8))
})

test('a recovery code sets a new password once, however it is typed, and ends every session', async () => {
  const brian = await person('brian')
  const end = hungUp(await openSocket(brian))
  const [code = ''] = await newCodes(brian)
  const back = server.visitor()
  const { status, body } = await reset({ name: ' BRIAN ', recoveryCode: ` ${code.toUpperCase().replaceAll('-', ' ')} ` }, back)
  expect([status, body]).toMatchObject([200, { name: 'brian' }])
  await end
  expect([await isIn(brian), await isIn(back)]).toEqual([false, true])
  expect((await server.visitor().logIn('brian', PASSWORD)).status).toBe(401)
  expect((await server.visitor().logIn('brian', NEW_PASSWORD)).status).toBe(200)
  expect((await reset({ name: 'brian', recoveryCode: code })).body.error?.code).toBe('code-wrong')
  expect((await back.call<AccountView>('GET', '/api/me/account')).body.recoveryCodesLeft).toBe(9)
})

test('two who use one code at the same time: one gets in', async () => {
  const [code = ''] = await newCodes(await person('raced'))
  const answers = await Promise.all([1, 2, 3].map(() => reset({ name: 'raced', recoveryCode: code })))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401])
})

test('new codes void the old ones; another’s code opens nothing', async () => {
  const carol = await person('carol')
  const [old = ''] = await newCodes(carol)
  const [code = ''] = await newCodes(carol)
  await person('dennis')
  const unknown = await reset({ name: 'nobody-here', recoveryCode: code })
  expect(unknown.body.error?.code).toBe('code-wrong')
  for (const wrong of [await reset({ name: 'carol', recoveryCode: old }), await reset({ name: 'dennis', recoveryCode: code })]) expect(wrong.body).toEqual(unknown.body)
  expect((await reset({ name: 'carol', recoveryCode: code, password: 'short' })).body.error?.fields).toHaveProperty('password')
  expect((await reset({ name: 'carol', recoveryCode: code })).status).toBe(200)
})

test('an address counts only after its code came back, and changing it needs the password', async () => {
  const edsger = await person('edsger')
  expect((await setEmail(edsger, 'edsger@mail.example', 'wrong')).status).toBe(401)
  expect((await setEmail(edsger, 'no address')).status).toBe(400)
  expect((await setEmail(edsger, 'edsger@mail.example')).body).toMatchObject({ email: 'edsger@mail.example', emailVerified: false, mail: true })
  const mail = await smtp.next('edsger@mail.example')
  expect(mail).toMatchObject({ from: 'live@footlight.example', subject: 'Confirm your Footlight e-mail address' })
  expect(mail.text).toContain(`https://live.footlight.example/settings/account#code=${codeIn(mail.text)}`)
  expect((await edsger.call('POST', '/api/me/email/confirm', { body: { code: 'aaaa-bbbb-cccc-dddd' } })).body.error?.code).toBe('code-wrong')
  const other = await person('other')
  expect((await other.call('POST', '/api/me/email/confirm', { body: { code: codeIn(mail.text) } })).body.error?.code).toBe('code-wrong')
  await forgot('edsger')
  await forgot('edsger@mail.example')
  expect((await edsger.call('POST', '/api/me/email/confirm', { body: { code: codeIn(mail.text) } })).status).toBe(200)
  // Mails go out in order: had the unverified address been written to, this one would not be the next.
  await forgot('edsger')
  expect((await smtp.next('edsger@mail.example')).subject).toBe('Set a new Footlight password')
  expect(smtp.mails.filter(({ to }) => to.includes('edsger@mail.example'))).toEqual([])
})

test('an address is shown to its owner alone', async () => {
  const { visitor, email } = await withEmail('private')
  await visitor.call('POST', '/api/channels', { body: { name: 'private', title: 'A show', category: 'talk' } })
  const stranger = await person('stranger')
  for (const path of ['/api/channels/private', '/api/people/private', '/api/live']) expect(JSON.stringify((await stranger.call('GET', path)).body)).not.toContain(email)
})

test('a mailed code resets the password once and tells the owner in their language', async () => {
  const { visitor, email } = await withEmail('frances')
  await visitor.call('PUT', '/api/me/language', { body: { language: 'zh-CN' } })
  expect((await forgot('Frances@Mail.example')).status).toBe(202)
  const mail = await smtp.next(email)
  expect(mail.subject).toBe('重设你的 Footlight 密码')
  const code = codeIn(mail.text)
  expect(mail.text).toContain(`https://live.footlight.example/reset#code=${code}`)
  const back = server.visitor()
  expect((await reset({ code }, back)).status).toBe(200)
  expect([await isIn(visitor), await isIn(back)]).toEqual([false, true])
  expect((await reset({ code })).body.error?.code).toBe('code-wrong')
  expect((await smtp.next(email)).subject).toBe('你的 Footlight 密码已更改')
})

test('a mailed code is void after half an hour, and once the password or the address changes', async () => {
  const { visitor, email } = await withEmail('grace')
  const ask = async () => {
    await forgot('grace')
    return codeIn((await smtp.next(email)).text)
  }
  const first = await ask()
  await visitor.call('PUT', '/api/me/password', { body: { current: PASSWORD, password: NEW_PASSWORD } })
  await smtp.next(email)
  expect((await reset({ code: first })).status).toBe(401)
  const second = await ask()
  await setEmail(visitor, 'grace@new.example', NEW_PASSWORD)
  expect((await reset({ code: second })).status).toBe(401)
  const third = codeIn((await smtp.next('grace@new.example')).text)
  const database = openDatabase({ url: server.databaseUrl })
  await database('mailed_codes').update({ expires_at: new Date(Date.now() - 1000) })
  await database.destroy()
  expect((await visitor.call('POST', '/api/me/email/confirm', { body: { code: third } })).status).toBe(401)
})

test('asking for a reset tells nothing of who exists, neither by its answer nor by its time', async () => {
  await withEmail('heidi')
  const timed = async (who: string) => {
    const started = performance.now()
    const { status, body } = await forgot(who)
    return { answer: { status, body }, ms: performance.now() - started }
  }
  const known = await timed('heidi')
  const unknown = await timed('nobody-at-all')
  expect(known.answer).toEqual(unknown.answer)
  expect(known.ms).toBeLessThan(500)
  expect(unknown.ms).toBeLessThan(500)
})

test('one name and one address can ask only so often', async () => {
  for (let ask = 0; ask < 3; ask += 1) expect((await forgot('ivan-nobody')).status).toBe(202)
  expect(await forgot('ivan-nobody')).toMatchObject({ status: 429, body: { error: { code: 'too-many-requests' } } })
})

test('a mail server that refuses is said so where it matters, and the account is as before', async () => {
  const judy = await person('judy')
  smtp.refuse(true)
  expect((await setEmail(judy, 'judy@mail.example')).body.error?.code).toBe('mail-unavailable')
  smtp.refuse(false)
  expect((await judy.call('POST', '/api/me/email/send')).status).toBe(204)
  expect(codeIn((await smtp.next('judy@mail.example')).text)).not.toBe('')
})

test('without a mail server the page is told, an address can still be noted, and codes and the operator help', async () => {
  expect((await mute.visitor().call('GET', '/api/forgot')).body).toEqual({ mail: false })
  expect((await mute.visitor().call('POST', '/api/forgot', { body: { who: 'ada' } })).body.error?.code).toBe('mail-unavailable')
  expect((await server.visitor().call('GET', '/api/forgot')).body).toEqual({ mail: true })
})

test('the operator resets a password, disables and enables an account, and gives roles; sockets end on every server', async () => {
  const settings = { DATABASE_URL: server.databaseUrl, REDIS_URL: inject('redisUrl'), SERVER_URL: server.url, INTERNAL_SECRET: server.secret, APP_SECRET: 'the secret of a test installation', MEDIA_DIR: server.mediaDir }
  const operator = new Operator(readSettings(settings))
  const kim = mute.visitor()
  await kim.signUp('kim', PASSWORD)
  const end = hungUp(await openSocket(kim))
  const { password, serverTold } = await operator.resetPassword({ name: 'kim' })
  expect(serverTold).toBe(true)
  await end
  expect(await isIn(kim)).toBe(false)
  expect((await kim.logIn('kim', password)).status).toBe(200)
  expect(await operator.setRole({ name: 'kim', role: 'operator' })).toMatchObject({ name: 'kim', role: 'operator' })
  expect((await kim.call<{ user: { role: string } }>('GET', '/api/me')).body.user.role).toBe('operator')
  await expect(operator.setRole({ name: 'kim', role: 'emperor' })).rejects.toMatchObject({ code: 'bad-request' })
  const again = hungUp(await openSocket(kim))
  await operator.setDisabled({ name: 'kim', disabled: true })
  await again
  expect((await kim.logIn('kim', password)).body.error?.code).toBe('account-disabled')
  await operator.setDisabled({ name: 'kim', disabled: false })
  expect(await isIn(kim)).toBe(false)
  expect((await kim.logIn('kim', password)).status).toBe(200)
  await expect(operator.resetPassword({ name: 'nobody-here' })).rejects.toMatchObject({ code: 'user-not-found' })
  await operator.close()
})

test('only who knows the secret of the servers can say that an account changed', async () => {
  const body = { sessionsEnded: true }
  expect((await server.visitor().call('POST', '/internal/users/aaaaaaaaaaaaaaaa/changed', { body })).status).toBe(401)
  await eventually('it is told', async () => (await server.visitor().call('POST', '/internal/users/aaaaaaaaaaaaaaaa/changed', { body, headers: { authorization: `Bearer ${server.secret}` } })).status === 204)
})
