import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { WorkerPool } from '../../server/media/WorkerPool.ts'
import { startPool, until } from '../support/mediaWorkers.ts'
import { CHANNEL, openRoomDoor, STREAM_KEY } from '../support/roomDoor.ts'
import type { RoomDoor } from '../support/roomDoor.ts'
import { offer } from '../unit/server/media/sdp/offer.ts'

let pool: WorkerPool
let door: RoomDoor
beforeAll(async () => {
  pool = await startPool({ size: 1 })
  door = await openRoomDoor({ pool })
})
afterAll(async () => {
  await door.close()
  await pool.close()
})
beforeEach(() => void door.facts.splice(0))

const bearer = (key = STREAM_KEY) => ({ Authorization: `Bearer ${key}` })
const sdp = { 'Content-Type': 'application/sdp' }
type Ask = { method?: string; headers?: Record<string, string>; body?: string }
const ask = (path: string, { method = 'POST', headers = {}, body }: Ask = {}) => fetch(`${door.url}${path}`, { method, headers, ...(body === undefined ? {} : { body }) })
const publish = (body = offer('obs'), headers: Record<string, string> = {}) => ask(`/whip/${CHANNEL}`, { headers: { ...sdp, ...bearer(), ...headers }, body })
const watch = (body = offer('pion-watch'), headers: Record<string, string> = {}) => ask(`/whep/${CHANNEL}`, { headers: { ...sdp, ...headers }, body })
const codeOf = async (response: Response) => [response.status, ((await response.json()) as { error: { code: string } }).error.code]

describe('WHIP', () => {
  test('a good offer is answered with 201, Location, ETag and the SDP answer', async () => {
    const response = await publish()
    expect(response.status).toBe(201)
    expect(response.headers.get('content-type')).toMatch(/^application\/sdp/)
    expect(response.headers.get('location')).toMatch(new RegExp(`^/whip/${CHANNEL}/[\\w-]{20,}$`))
    expect(response.headers.get('etag')).toMatch(/^"[\w-]+"$/)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('access-control-expose-headers')).toContain('Location')
    expect(await response.text()).toContain('a=recvonly')
    expect(door.room.sources).toEqual({ video: { codec: 'h264', layers: 1 }, audio: { codec: 'opus' } })
  })

  test.each([
    ['no key', { Authorization: '' }],
    ['another scheme', { Authorization: 'Basic YTpi' }],
    ['a wrong key', bearer('wrong')],
  ])('%s is 401 with WWW-Authenticate', async (_name, headers) => {
    const response = await publish(offer('obs'), headers)
    expect(response.headers.get('www-authenticate')).toBe('Bearer')
    expect(await codeOf(response)).toEqual([401, 'wrong-stream-key'])
    expect(door.facts).toEqual([])
  })

  test('an unknown or impossible channel is 404', async () => {
    for (const name of ['nobody', 'X', '%00']) expect(await codeOf(await ask(`/whip/${name}`, { headers: { ...sdp, ...bearer() }, body: offer('obs') }))).toEqual([404, 'channel-not-found'])
  })

  test('another content type is 415, an Accept without SDP 406, a body over 64 KiB 413', async () => {
    expect(await codeOf(await publish('{}', { 'Content-Type': 'application/json' }))).toEqual([415, 'unsupported-media-type'])
    expect(await codeOf(await publish(offer('obs'), { Accept: 'text/html' }))).toEqual([406, 'not-acceptable'])
    expect(await codeOf(await publish('v=0\r\n'.repeat(20_000)))).toEqual([413, 'too-large'])
  })

  test('a bad offer is 400, one without a codec in common 406, none at all 409; no broadcast is touched', async () => {
    expect(await codeOf(await publish('nonsense'))).toEqual([400, 'bad-request'])
    expect(await codeOf(await publish(offer('chromium-watch')))).toEqual([400, 'bad-request'])
    expect(await codeOf(await publish(offer('obs').replace('H264', 'H266').replace('opus', 'speex')))).toEqual([406, 'unsupported-codecs'])
    expect(await codeOf(await publish(''))).toEqual([409, 'offer-expected'])
    expect(door.facts).toEqual([])
  })

  test('parameters that only the worker can refuse are 400, and the publish is ended', async () => {
    // Two streams of one SSRC.
    expect(await codeOf(await publish(offer('obs').replaceAll('2462119182', '2462119181')))).toEqual([400, 'bad-request'])
    expect(door.facts.filter((fact) => fact === 'published')).toHaveLength(1)
    expect(door.facts.at(-1)).toBe('ended interrupted')
  })

  test('methods that are not there are 405 with Allow; OPTIONS tells what is', async () => {
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH']) {
      const response = await ask(`/whip/${CHANNEL}`, { method })
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'OPTIONS, POST'])
    }
    const options = await ask(`/whip/${CHANNEL}`, { method: 'OPTIONS' })
    expect([options.status, options.headers.get('accept-post')]).toEqual([204, 'application/sdp'])
    expect(options.headers.get('access-control-allow-headers')).toContain('Authorization')
    const session = (await publish()).headers.get('location') ?? ''
    for (const method of ['GET', 'HEAD', 'PUT', 'POST']) expect((await ask(session, { method })).status).toBe(405)
    expect((await ask(session, { method: 'OPTIONS' })).headers.get('access-control-allow-methods')).toContain('DELETE')
  })

  test('DELETE with the key ends the broadcast; without it, or twice, it does not', async () => {
    const session = (await publish()).headers.get('location') ?? ''
    expect((await ask(session, { method: 'DELETE' })).status).toBe(401)
    expect((await ask(session, { method: 'DELETE', headers: bearer('wrong') })).status).toBe(401)
    door.facts.splice(0)
    expect((await ask(session, { method: 'DELETE', headers: bearer() })).status).toBe(200)
    expect(door.facts).toEqual(['ended finished'])
    expect(door.room.sources).toEqual({})
    expect(await codeOf(await ask(session, { method: 'DELETE', headers: bearer() }))).toEqual([404, 'session-not-found'])
  })

  test('a newer publish replaces the older, whose session is gone', async () => {
    const first = (await publish()).headers.get('location') ?? ''
    const second = (await publish(offer('chromium-simulcast'))).headers.get('location') ?? ''
    expect((await ask(first, { method: 'DELETE', headers: bearer() })).status).toBe(404)
    expect(door.room.sources).toEqual({ video: { codec: 'h264', layers: 3 }, audio: { codec: 'opus' } })
    expect((await ask(second, { method: 'DELETE', headers: bearer() })).status).toBe(200)
  })

  test('what the platform ends is gone', async () => {
    const session = (await publish()).headers.get('location') ?? ''
    door.closeAll('stopped')
    await until(async () => (await ask(session, { method: 'DELETE', headers: bearer() })).status === 404)
  })
})

describe('PATCH on a session', () => {
  const type = { 'Content-Type': 'application/trickle-ice-sdpfrag' }
  const fragment = (ufrag: string) => `a=ice-ufrag:${ufrag}\r\na=ice-pwd:TI0f0t0xMeIqGNQTDd3Nq7\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\na=candidate:1 1 UDP 1 192.0.2.9 9 typ host\r\n`

  test('candidates are taken with 204; If-Match is needed and compared', async () => {
    const opened = await publish()
    const session = opened.headers.get('location') ?? ''
    const etag = opened.headers.get('etag') ?? ''
    const patch = (headers: Record<string, string>, body = fragment('qF3x')) => ask(session, { method: 'PATCH', headers: { ...bearer(), ...type, ...headers }, body })
    expect((await patch({ 'If-Match': etag })).status).toBe(204)
    expect((await patch({})).status).toBe(428)
    expect((await patch({ 'If-Match': '"another"' })).status).toBe(412)
    expect((await patch({ 'If-Match': etag, 'Content-Type': 'application/sdp' })).status).toBe(415)
    expect((await patch({ 'If-Match': etag }, 'm=audio')).status).toBe(400)
    expect((await patch({ 'If-Match': etag, Authorization: '' })).status).toBe(401)
  })

  test('new credentials with If-Match: * restart ICE', async () => {
    const opened = await publish()
    const session = opened.headers.get('location') ?? ''
    const former = /a=ice-ufrag:(\S+)/.exec(await opened.text())?.[1]
    const headers = { ...bearer(), ...type, 'If-Match': '*' }
    const response = await ask(session, { method: 'PATCH', headers, body: fragment('neWu') })
    expect([response.status, response.headers.get('content-type')]).toEqual([200, expect.stringContaining('application/trickle-ice-sdpfrag')])
    expect(response.headers.get('etag')).not.toBe(opened.headers.get('etag'))
    const body = await response.text()
    expect(body).toContain('a=ice-lite')
    expect(/a=ice-ufrag:(\S+)/.exec(body)?.[1]).not.toBe(former)
    expect((await ask(session, { method: 'PATCH', headers: { ...headers, 'If-Match': opened.headers.get('etag') ?? '' }, body: fragment('neWu') })).status).toBe(412)
  })
})

describe('WHEP', () => {
  test('a broadcast that is not there is 409 with Retry-After', async () => {
    door.room.closeSources()
    door.facts.splice(0)
    const response = await watch()
    expect(response.headers.get('retry-after')).toBe('5')
    expect(await codeOf(response)).toEqual([409, 'channel-offline'])
    expect(door.facts).toEqual(['watched', 'released'])
  })

  test('a recvonly offer is answered with what flows; DELETE frees the seat', async () => {
    await publish()
    const response = await watch()
    expect(response.status).toBe(201)
    const answer = await response.text()
    expect(answer).toContain('a=rtpmap:106 H264/90000')
    expect(answer).toContain('a=sendonly')
    expect(door.room.viewerCount).toBe(1)
    const session = response.headers.get('location') ?? ''
    expect((await ask(session, { method: 'DELETE' })).status).toBe(200)
    expect(door.room.viewerCount).toBe(0)
    expect(door.facts.filter((fact) => fact === 'released')).toHaveLength(1)
    expect((await ask(session, { method: 'DELETE' })).status).toBe(404)
  })

  test('an offer that sends is 400, none at all 409, an unknown channel 404; no seat is kept', async () => {
    await publish()
    expect(await codeOf(await watch(offer('obs')))).toEqual([400, 'bad-request'])
    expect(await codeOf(await watch(''))).toEqual([409, 'offer-expected'])
    expect(await codeOf(await ask('/whep/nobody', { headers: sdp, body: offer('pion-watch') }))).toEqual([404, 'channel-not-found'])
    expect(await codeOf(await watch(offer('pion-watch').replaceAll('H264', 'H266').replace('opus', 'speex')))).toEqual([406, 'unsupported-codecs'])
    expect(door.room.viewerCount).toBe(0)
    expect(door.facts.filter((fact) => fact === 'watched')).toHaveLength(door.facts.filter((fact) => fact === 'released').length)
  })

  test('GET is 405 with Allow', async () => {
    const response = await ask(`/whep/${CHANNEL}`, { method: 'GET' })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'OPTIONS, POST'])
  })
})
