// What an HLS player would find: the segments in a channel's media playlist.

/** @returns the segments' addresses, none while there is no playlist */
export async function listedSegments(platformUrl: string, channel: string): Promise<string[]> {
  const master = await fetch(`${platformUrl}/hls/${channel}/index.m3u8`)
  const name = /^(?!#).+\.m3u8$/m.exec(await master.text())?.[0]
  if (!master.ok || !name) return []
  const media = await (await fetch(new URL(name, master.url))).text()
  return media.split('\n').filter((line) => line.endsWith('.m4s'))
}
