// Microphone and the screen's sound as one track.

export type MixedAudio = { readonly track: MediaStreamTrack; readonly sources: readonly MediaStreamTrack[]; close(): void }

export function mixAudio(sources: readonly MediaStreamTrack[]): MixedAudio {
  const context = new AudioContext({ latencyHint: 'interactive' })
  const destination = context.createMediaStreamDestination()
  for (const source of sources) context.createMediaStreamSource(new MediaStream([source])).connect(destination)
  const [track] = destination.stream.getAudioTracks()
  if (track === undefined) throw new Error('the audio context gave no track')
  return {
    track,
    sources,
    close() {
      track.stop()
      void context.close()
    },
  }
}
