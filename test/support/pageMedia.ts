/** WHIP and WHEP by nothing but a browser's own RTCPeerConnection; sent into a page as text, so it may use nothing from outside. */

export type PageMedia = ReturnType<typeof pageMedia>

export function pageMedia() {
  const players: { pc: RTCPeerConnection; video: HTMLVideoElement; session: string }[] = []
  let publisher: RTCPeerConnection | undefined

  async function exchange(pc: RTCPeerConnection, path: string, headers: Record<string, string>): Promise<string> {
    await pc.setLocalDescription()
    const body = pc.localDescription?.sdp ?? ''
    const response = await fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/sdp', ...headers }, body })
    if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`)
    await pc.setRemoteDescription({ type: 'answer', sdp: await response.text() })
    return response.headers.get('Location') ?? ''
  }

  /** A canvas that changes with each frame, and a tone. */
  function testMedia(width: number, height: number): { video: MediaStreamTrack; audio: MediaStreamTrack } {
    const canvas = document.createElement('canvas')
    canvas.width = width
    canvas.height = height
    const context = canvas.getContext('2d')
    let frame = 0
    setInterval(() => {
      if (context === null) return
      context.fillStyle = `hsl(${(frame * 7) % 360} 80% 50%)`
      context.fillRect(0, 0, width, height)
      context.fillStyle = 'white'
      context.fillRect((frame * 5) % width, 100, 80, 80)
      frame += 1
    }, 40)
    const sound = new AudioContext()
    const tone = sound.createOscillator()
    const out = sound.createMediaStreamDestination()
    tone.connect(out)
    tone.start()
    const [video] = canvas.captureStream(25).getVideoTracks()
    const [audio] = out.stream.getAudioTracks()
    if (video === undefined || audio === undefined) throw new Error('no test media')
    return { video, audio }
  }

  return {
    async publish(path: string, key: string, o: { simulcast?: boolean; codec?: string }): Promise<void> {
      // Chromium sends three layers from 960x540 upward.
      const { video, audio } = o.simulcast ? testMedia(960, 540) : testMedia(640, 360)
      const pc = (publisher = new RTCPeerConnection())
      pc.addTransceiver(audio, { direction: 'sendonly' })
      const sendEncodings = o.simulcast ? [{ rid: 'l', scaleResolutionDownBy: 4 }, { rid: 'm', scaleResolutionDownBy: 2 }, { rid: 'h', scaleResolutionDownBy: 1 }] : [{}]
      const transceiver = pc.addTransceiver(video, { direction: 'sendonly', sendEncodings })
      const codecs = RTCRtpSender.getCapabilities('video')?.codecs.filter(({ mimeType }) => o.codec === undefined || mimeType === o.codec)
      transceiver.setCodecPreferences(codecs ?? [])
      await exchange(pc, path, { Authorization: `Bearer ${key}` })
    },
    async watch(path: string, kinds: readonly ('audio' | 'video')[]): Promise<void> {
      const pc = new RTCPeerConnection()
      const video = document.createElement('video')
      video.muted = true
      video.autoplay = true
      video.srcObject = new MediaStream()
      document.body.append(video)
      const player = { pc, video, session: '' }
      players.push(player)
      for (const kind of kinds) pc.addTransceiver(kind, { direction: 'recvonly' })
      pc.ontrack = ({ track }) => (video.srcObject as MediaStream).addTrack(track)
      player.session = await exchange(pc, path, {})
    },
    /** Width of the largest layer that the publisher sends just now; 0 for none. A browser leaves the top ones out while it lacks bandwidth or CPU. */
    async sending(): Promise<number> {
      let largest = 0
      for (const report of ((await publisher?.getStats())?.values() ?? []) as Iterable<Record<string, unknown>>) {
        if (report['type'] === 'outbound-rtp' && report['kind'] === 'video' && Number(report['framesPerSecond'] ?? 0) > 0) largest = Math.max(largest, Number(report['frameWidth'] ?? 0))
      }
      return largest
    },
    /** Of the player that has seen least. */
    async received() {
      const each = await Promise.all(
        players.map(async ({ pc, video }) => {
          let frames = 0
          let audioPackets = 0
          for (const report of (await pc.getStats()).values() as unknown as Iterable<Record<string, unknown>>) {
            if (report['type'] !== 'inbound-rtp') continue
            if (report['kind'] === 'video') frames = Number(report['framesDecoded'])
            else audioPackets = Number(report['packetsReceived'])
          }
          return { frames, audioPackets, width: video.videoWidth, height: video.videoHeight, state: pc.connectionState }
        }),
      )
      return each.toSorted((a, b) => a.frames - b.frames)[0] ?? { frames: 0, audioPackets: 0, width: 0, height: 0, state: 'closed' as const }
    },
    /** As WHEP's PATCH has it: new credentials by a fragment, the rest of the answer as it was. */
    async restartIce(): Promise<void> {
      for (const { pc, session } of players) {
        const former = pc.remoteDescription?.sdp ?? ''
        await pc.setLocalDescription(await pc.createOffer({ iceRestart: true }))
        const line = (text: string, name: string) => new RegExp(`a=${name}:(\\S+)`).exec(text)?.[1] ?? ''
        const local = pc.localDescription?.sdp ?? ''
        const body = `a=ice-ufrag:${line(local, 'ice-ufrag')}\r\na=ice-pwd:${line(local, 'ice-pwd')}\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n`
        const response = await fetch(session, { method: 'PATCH', headers: { 'Content-Type': 'application/trickle-ice-sdpfrag', 'If-Match': '*' }, body })
        if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`)
        const fragment = await response.text()
        const sdp = former.replace(/a=ice-ufrag:\S+/g, `a=ice-ufrag:${line(fragment, 'ice-ufrag')}`).replace(/a=ice-pwd:\S+/g, `a=ice-pwd:${line(fragment, 'ice-pwd')}`)
        await pc.setRemoteDescription({ type: 'answer', sdp })
      }
    },
    hangUp(): void {
      publisher?.close()
    },
  }
}
