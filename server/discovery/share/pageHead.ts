// What a crawler without JavaScript reads of a channel's or replay's page: title, description, Open Graph, Twitter card, oEmbed link.
import { escapeHtml } from './escapeHtml.ts'

export type ShareSubject = {
  readonly kind: 'channel' | 'replay'
  /** Below the site, such as `/c/ada`. */
  readonly path: string
  readonly title: string
  readonly description: string
  /** Paths of the picture (none: the poster is drawn) and of the embeddable player. */
  readonly picture: string
  readonly embedPath: string
  readonly owner: string
  readonly live: boolean
}

export const EMBED_WIDTH = 1280
export const EMBED_HEIGHT = 720

/** @param base the site's origin, such as `https://live.example.org`. @returns lines of HTML, all values escaped */
export function pageHead(subject: ShareSubject, base: string): string {
  const url = `${base}${subject.path}`
  const picture = `${base}${subject.picture}`
  const embed = `${base}${subject.embedPath}`
  const heading = `${subject.title} · ${subject.owner}`
  const meta = (key: 'name' | 'property', name: string, content: string | number) => `<meta ${key}="${name}" content="${escapeHtml(String(content))}">`
  return [
    `<title>${escapeHtml(`${heading} · Footlight`)}</title>`,
    meta('name', 'description', subject.description),
    `<link rel="canonical" href="${escapeHtml(url)}">`,
    meta('property', 'og:site_name', 'Footlight'),
    meta('property', 'og:type', 'video.other'),
    meta('property', 'og:title', heading),
    meta('property', 'og:description', subject.description),
    meta('property', 'og:url', url),
    meta('property', 'og:image', picture),
    meta('property', 'og:image:alt', subject.title),
    meta('property', 'og:video', embed),
    ...(base.startsWith('https:') ? [meta('property', 'og:video:secure_url', embed)] : []),
    meta('property', 'og:video:type', 'text/html'),
    meta('property', 'og:video:width', EMBED_WIDTH),
    meta('property', 'og:video:height', EMBED_HEIGHT),
    meta('name', 'twitter:card', 'summary_large_image'),
    meta('name', 'twitter:title', heading),
    meta('name', 'twitter:description', subject.description),
    meta('name', 'twitter:image', picture),
    `<link rel="alternate" type="application/json+oembed" href="${escapeHtml(`${base}/api/oembed?url=${encodeURIComponent(url)}`)}" title="${escapeHtml(heading)}">`,
  ].join('\n    ')
}
