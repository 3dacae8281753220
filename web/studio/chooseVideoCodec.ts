// H.264 first: it is copied to HLS and recordings as it is; VP8 where the browser cannot encode H.264.

type Codec = { readonly kind: string; readonly mimeType: string; readonly parameters?: unknown }

/** @param codecs what the device can send; @returns undefined when there is neither. */
export function chooseVideoCodec<C extends Codec>(codecs: readonly C[]): C | undefined {
  const video = codecs.filter(({ kind }) => kind === 'video')
  const parameterOf = (codec: C, name: string) => (codec.parameters as Readonly<Record<string, unknown>> | undefined)?.[name]
  const h264 = video.filter((codec) => codec.mimeType.toLowerCase() === 'video/h264' && Number(parameterOf(codec, 'packetization-mode') ?? 0) === 1)
  // Constrained baseline: profile 42, with constraint_set1 (RFC 6184 section 8.1).
  const baseline = h264.find((codec) => /^42[4-9a-f]/i.test(String(parameterOf(codec, 'profile-level-id') ?? '')))
  return baseline ?? h264[0] ?? video.find(({ mimeType }) => mimeType.toLowerCase() === 'video/vp8')
}
