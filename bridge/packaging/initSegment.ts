// Reads from a run's init segment what a master playlist must say of it.

export type InitSegment = {
  /** RFC 6381 names, picture first. */
  readonly codecs: readonly string[]
  readonly width: number
  readonly height: number
}

/**
 * Looks for the sample entries of H.264 and AAC (ISO 14496-12 8.5.2, 14496-15 5.3.4, 14496-14 3.1.2); 0 and no names where
 * there are none. Box types are searched for by name: ffmpeg writes an init segment of a few hundred bytes without media in it.
 */
export function parseInitSegment(bytes: Buffer): InitSegment {
  const avc1 = bytes.indexOf('avc1', bytes.indexOf('stsd'))
  const avcC = bytes.indexOf('avcC')
  const esds = bytes.indexOf('esds')
  const codecs: string[] = []
  if (avcC !== -1 && avcC + 8 <= bytes.length) codecs.push(`avc1.${bytes.toString('hex', avcC + 5, avcC + 8)}`)
  if (bytes.includes('mp4a')) codecs.push(`mp4a.40.${esds === -1 ? 2 : audioObjectType(bytes.subarray(esds + 4))}`)
  const sized = avc1 !== -1 && avc1 + 32 <= bytes.length
  return { codecs, width: sized ? bytes.readUInt16BE(avc1 + 28) : 0, height: sized ? bytes.readUInt16BE(avc1 + 30) : 0 }
}

/** The object type in an ES descriptor's DecoderSpecificInfo (ISO 14496-1 7.2.6); 2, AAC-LC, when it cannot be found. */
function audioObjectType(esds: Buffer): number {
  // DecoderConfigDescriptor (tag 4): 13 bytes, then DecoderSpecificInfo (tag 5); sizes are 1 to 4 bytes with a continuation bit.
  const config = descriptor(esds, 4 + descriptorHeader(esds, 4) + 3, 4)
  const specific = config === undefined ? undefined : descriptor(esds, config + 13, 5)
  const first = specific === undefined ? undefined : esds[specific]
  const type = first === undefined ? 0 : first >> 3
  return type === 0 || type === 31 ? 2 : type
}

function descriptorHeader(bytes: Buffer, offset: number): number {
  let length = 1
  while (((bytes[offset + length] ?? 0) & 0x80) !== 0) length += 1
  return length + 1
}

function descriptor(bytes: Buffer, offset: number, tag: number): number | undefined {
  return bytes[offset] === tag ? offset + descriptorHeader(bytes, offset) : undefined
}
