// Chinese words of: player.
import type { Dictionary } from '../en.ts'

export const embed: Dictionary['embed'] = {
  title: '嵌入播放',
}
