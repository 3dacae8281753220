// Where a link can be posted, and the codes that carry it further: pure addresses and text.

export type ShareTarget = 'weibo' | 'x' | 'telegram'

/** The page of that network that posts a link. */
export function shareAddress(target: ShareTarget, { url, title }: { url: string; title: string }): string {
  const address = {
    weibo: ['https://service.weibo.com/share/share.php', { url, title }],
    x: ['https://x.com/intent/post', { url, text: title }],
    telegram: ['https://t.me/share/url', { url, text: title }],
  } as const satisfies Record<ShareTarget, readonly [string, Record<string, string>]>
  const [page, query] = address[target]
  return `${page}?${new URLSearchParams(query).toString()}`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** HTML for another site's page: an iframe with the player. @param src absolute address of the embed page */
export function embedCode({ src, title }: { src: string; title: string }): string {
  const escape = (text: string) => text.replace(/[&<>"]/g, (character) => entities[character] ?? '')
  return `<iframe src="${escape(src)}" width="640" height="360" title="${escape(title)}" style="border:0" allow="autoplay; fullscreen; picture-in-picture" allowfullscreen></iframe>`
}

/** Pages and posters of what is shared. @param path `/c/NAME` or `/r/ID` */
export function sharedPaths(path: string): { readonly poster: string } {
  const [, room = '', name = ''] = path.split('/')
  return { poster: `/api/${room === 'r' ? 'replays' : 'channels'}/${name}/poster` }
}
