// Chinese words of: player.
import type { Dictionary } from '../en.ts'

export const embed: Dictionary['embed'] = {
  openChannel: '在 Footlight 打开“{{title}}”',
  play: '播放',
  notFound: '没有这个频道',
  replayNotFound: '没有这个回放',
  goTo: '前往 Footlight',
}
