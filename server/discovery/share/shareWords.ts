// The few words that the server itself says when a page is shared: on posters, and to crawlers.
import type { Category } from '../../contract/http.ts'

export type ShareLanguage = 'en' | 'zh-CN'
type ShareWords = {
  readonly live: string
  readonly replay: string
  readonly scan: string
  readonly category: Readonly<Record<Category, string>>
  describe(show: { readonly owner: string; readonly kind: 'channel' | 'replay'; readonly live: boolean; readonly category: string }): string
}

export const shareWords: Readonly<Record<ShareLanguage, ShareWords>> = {
  en: {
    live: 'LIVE',
    replay: 'REPLAY',
    scan: 'Scan to watch',
    category: { games: 'Games', music: 'Music', talk: 'Talk', outdoors: 'Outdoors', learning: 'Learning', art: 'Art', sports: 'Sports', other: 'Other' },
    describe: ({ owner, kind, live, category }) =>
      kind === 'replay' ? `A broadcast by ${owner} (${category}), to watch again on Footlight.` : live ? `${owner} is live now (${category}). Watch on Footlight.` : `The channel of ${owner} (${category}) on Footlight.`,
  },
  'zh-CN': {
    live: '直播中',
    replay: '回放',
    scan: '扫码观看',
    category: { games: '游戏', music: '音乐', talk: '聊天', outdoors: '户外', learning: '学习', art: '艺术', sports: '体育', other: '其他' },
    describe: ({ owner, kind, live, category }) => (kind === 'replay' ? `${owner}的直播回放（${category}），在 Footlight 观看。` : live ? `${owner}正在直播（${category}），来 Footlight 观看。` : `${owner}在 Footlight 的直播间（${category}）。`),
  },
}
