// A token given for one playlist reaches all that it lists, and nothing else of it changes.
import { expect, test } from 'vitest'
import { withToken } from '../../../../server/live/withToken.ts'

test('variants, segments and addresses in tags carry the token; tags, comments and empty lines stay', () => {
  const playlist = '#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",URI="audio.m3u8"\n\n# a comment\n#EXT-X-MAP:URI="init.mp4"\n#EXTINF:2,\n1.m4s\n2.m4s?part=1\n'
  expect(withToken(playlist, 'a+b')).toBe(
    '#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",URI="audio.m3u8?token=a%2Bb"\n\n# a comment\n#EXT-X-MAP:URI="init.mp4?token=a%2Bb"\n#EXTINF:2,\n1.m4s?token=a%2Bb\n2.m4s?part=1&token=a%2Bb\n',
  )
})

test('lines that end as on Windows are addresses all the same', () => {
  expect(withToken('#EXTM3U\r\n1.m4s\r\n', 't')).toBe('#EXTM3U\r\n1.m4s?token=t\r\n')
})
