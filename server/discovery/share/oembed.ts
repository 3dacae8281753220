// The oEmbed answer (https://oembed.com) of a channel or replay: an iframe with the player, no larger than asked for.
import type { OembedView } from '../../contract/discovery.ts'
import { escapeHtml } from './escapeHtml.ts'
import { EMBED_HEIGHT, EMBED_WIDTH } from './pageHead.ts'
import type { ShareSubject } from './pageHead.ts'

const CACHE_SECONDS = 300

export type OembedBounds = { readonly maxwidth?: number | undefined; readonly maxheight?: number | undefined }

/** 16:9 inside the bounds; without bounds 1280x720. */
export function oembed(subject: ShareSubject, base: string, { maxwidth = EMBED_WIDTH, maxheight = EMBED_HEIGHT }: OembedBounds): OembedView {
  const width = Math.max(1, Math.min(maxwidth, EMBED_WIDTH, Math.floor((maxheight * 16) / 9)))
  const height = Math.max(1, Math.min(maxheight, Math.round((width * 9) / 16)))
  return {
    version: '1.0',
    type: 'video',
    title: subject.title,
    author_name: subject.owner,
    author_url: `${base}${subject.path.startsWith('/c/') ? subject.path : subject.embedPath.replace(/^\/embed\/([^?]*).*$/, '/c/$1')}`,
    provider_name: 'Footlight',
    provider_url: base,
    html: `<iframe src="${escapeHtml(`${base}${subject.embedPath}`)}" width="${width}" height="${height}" title="${escapeHtml(subject.title)}" style="border:0" allow="autoplay; fullscreen; picture-in-picture" allowfullscreen></iframe>`,
    width,
    height,
    cache_age: CACHE_SECONDS,
  }
}
