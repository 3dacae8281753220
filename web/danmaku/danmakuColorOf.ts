// Colours of messages over the picture: they read on any picture, with the shadow every message has.
import type { DanmakuStyle } from '../../server/contract/chat.ts'

export const danmakuColorOf: Readonly<Record<DanmakuStyle['color'], string>> = {
  white: '#ffffff',
  red: '#ff6b63',
  orange: '#ffa94d',
  yellow: '#ffe066',
  green: '#7be495',
  cyan: '#66e0ff',
  blue: '#7cb5ff',
  purple: '#d0a2ff',
}
