// WHIP in and WHEP out with nothing but the browser's own RTCPeerConnection and fetch.
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchHost, launchViewer, openPage, seesMovingPicture } from '../support/browsers.ts'
import { startPlatform } from '../support/startPlatform.ts'
import type { CreatedChannel, TestPlatform } from '../support/startPlatform.ts'

let platform: TestPlatform
let hostBrowser: Browser
let viewerBrowser: Browser
let channel: CreatedChannel
let host: Page
let viewer: Page
let session: string

beforeAll(async () => {
  ;[platform, hostBrowser, viewerBrowser] = await Promise.all([startPlatform({ databaseUrl: inject('databaseUrl'), redisUrl: inject('redisUrl') }), launchHost(), launchViewer()])
  channel = await platform.createChannel('whipper')
  ;[host, viewer] = await Promise.all([openPage(hostBrowser, `${platform.url}/healthz`), openPage(viewerBrowser, `${platform.url}/healthz`)])
}, 90_000)
afterAll(async () => {
  await Promise.all([hostBrowser?.close(), viewerBrowser?.close()])
  await platform?.destroy()
})

type Posted = { status: number; location: string; etag: string; state: string }

function publish(simulcast: boolean, streamKey = channel.streamKey): Promise<Posted> {
  return host.evaluate(
    async ({ name, key, layered }) => {
      const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 1280, height: 720 }, audio: true })
      const connection = new RTCPeerConnection()
      for (const track of stream.getTracks())
        connection.addTransceiver(track, {
          direction: 'sendonly',
          streams: [stream],
          ...(layered && track.kind === 'video' ? { sendEncodings: [{ rid: 'q', scaleResolutionDownBy: 4 }, { rid: 'h', scaleResolutionDownBy: 2 }, { rid: 'f' }] } : {}),
        })
      await connection.setLocalDescription()
      const response = await fetch(`/whip/${name}`, { method: 'POST', headers: { 'content-type': 'application/sdp', authorization: `Bearer ${key}` }, body: connection.localDescription?.sdp ?? '' })
      if (response.status !== 201) return { status: response.status, location: '', etag: '', state: 'refused' }
      await connection.setRemoteDescription({ type: 'answer', sdp: await response.text() })
      const state = await new Promise<string>((resolve) => {
        const look = () => ['connected', 'failed'].includes(connection.connectionState) && resolve(connection.connectionState)
        connection.addEventListener('connectionstatechange', look)
        look()
      })
      return { status: response.status, location: response.headers.get('location') ?? '', etag: response.headers.get('etag') ?? '', state }
    },
    { name: channel.channel, key: streamKey, layered: simulcast },
  )
}

function play(): Promise<Posted> {
  return viewer.evaluate(async (name) => {
    const video = document.createElement('video')
    video.dataset['testid'] = 'player-video'
    video.muted = true
    video.autoplay = true
    document.body.replaceChildren(video)
    const connection = new RTCPeerConnection()
    connection.addTransceiver('video', { direction: 'recvonly' })
    connection.addTransceiver('audio', { direction: 'recvonly' })
    const stream = new MediaStream()
    video.srcObject = stream
    connection.addEventListener('track', ({ track }) => stream.addTrack(track))
    await connection.setLocalDescription()
    const response = await fetch(`/whep/${name}`, { method: 'POST', headers: { 'content-type': 'application/sdp' }, body: connection.localDescription?.sdp ?? '' })
    if (response.status !== 201) return { status: response.status, location: '', etag: '', state: 'refused' }
    await connection.setRemoteDescription({ type: 'answer', sdp: await response.text() })
    return { status: response.status, location: response.headers.get('location') ?? '', etag: response.headers.get('etag') ?? '', state: connection.connectionState }
  }, channel.channel)
}

test('a WHEP player of an offline channel is told so', async () => {
  expect((await play()).status).toBeGreaterThanOrEqual(404)
})

test('WHIP with the stream key is answered 201 with Location and ETag, and connects', async () => {
  const posted = await publish(false)
  expect(posted).toMatchObject({ status: 201, state: 'connected' })
  expect(posted.location).toMatch(/^\/whip\/whipper\/.+/)
  expect(posted.etag).toBeTruthy()
  session = posted.location
  await platform.waitForState('whipper', 'live')
})

test('WHEP plays it with a plain recvonly offer', async () => {
  expect(await play()).toMatchObject({ status: 201 })
  await seesMovingPicture(viewer)
})

test('a DELETE without the key changes nothing; with it the broadcast ends', async () => {
  expect((await fetch(new URL(session, platform.url), { method: 'DELETE' })).status).toBe(401)
  expect(await platform.stateOf('whipper')).toBe('live')
  expect((await fetch(new URL(session, platform.url), { method: 'DELETE', headers: { authorization: `Bearer ${channel.streamKey}` } })).status).toBe(200)
  await platform.waitForState('whipper', 'offline')
})

test('three simulcast layers by rid are accepted and reach a WHEP player', async () => {
  await host.reload({ waitUntil: 'commit' })
  expect(await publish(true)).toMatchObject({ status: 201, state: 'connected' })
  await platform.waitForState('whipper', 'live')
  const { broadcast } = await platform.json<{ broadcast: { video: { layers: number } } }>('/api/channels/whipper')
  expect(broadcast.video.layers).toBe(3)
  await viewer.reload({ waitUntil: 'commit' })
  expect(await play()).toMatchObject({ status: 201 })
  await seesMovingPicture(viewer)
})

test('a wrong key is 401 and an unknown media type 415', async () => {
  await host.reload({ waitUntil: 'commit' })
  expect((await publish(false, 'live_wrong')).status).toBe(401)
  const text = await fetch(channel.whipUrl.replace('localhost', '127.0.0.1'), { method: 'POST', headers: { 'content-type': 'text/plain', authorization: `Bearer ${channel.streamKey}` }, body: 'hello' })
  expect(text.status).toBe(415)
})
