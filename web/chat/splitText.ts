// Cuts a message into plain text, links and mentions; what is no http address stays text, and nothing is ever HTML.
import { LinkifyIt } from 'linkify-it'

export type TextPart = { readonly type: 'text'; readonly text: string } | { readonly type: 'link'; readonly text: string; readonly url: string } | { readonly type: 'mention'; readonly text: string; readonly name: string }

const linkify = new LinkifyIt().set({ fuzzyLink: true, fuzzyEmail: false, fuzzyIP: false }).add('ftp:', null).add('mailto:', null).add('//', null)
const mention = /@([a-z0-9][a-z0-9_-]{1,30}[a-z0-9])/gi

function splitMentions(text: string, names: ReadonlySet<string>): TextPart[] {
  const parts: TextPart[] = []
  let from = 0
  for (const found of text.matchAll(mention)) {
    const name = (found[1] ?? '').toLowerCase()
    if (!names.has(name)) continue
    if (found.index > from) parts.push({ type: 'text', text: text.slice(from, found.index) })
    parts.push({ type: 'mention', text: found[0], name })
    from = found.index + found[0].length
  }
  if (from < text.length) parts.push({ type: 'text', text: text.slice(from) })
  return parts
}

/** `example.org` without a scheme is asked for over https. */
function safeUrl(url: string, schema: string): string | null {
  const whole = schema === '' ? url.replace(/^http:/, 'https:') : url
  const parsed = URL.parse(whole)
  return parsed !== null && (parsed.protocol === 'http:' || parsed.protocol === 'https:') ? parsed.href : null
}

/** @param mentions names the server found; others with an @ stay text. */
export function splitText(text: string, mentions: readonly string[]): TextPart[] {
  const names = new Set(mentions)
  const parts: TextPart[] = []
  let from = 0
  for (const { index, lastIndex, url, schema, raw } of linkify.match(text) ?? []) {
    const href = safeUrl(url, schema)
    if (href === null) continue
    parts.push(...splitMentions(text.slice(from, index), names), { type: 'link', text: raw, url: href })
    from = lastIndex
  }
  parts.push(...splitMentions(text.slice(from), names))
  return parts
}
