// Finds links, also those written to slip past: bare domains, full-width and spaced-out dots.
import { LinkifyIt } from 'linkify-it'

const dots = /[\u3002\uFF0E\uFF61\u2024\u00B7\u30FB]/g
/** A dot spelt out, or with blanks around it, between parts of a name. */
const spelt = /\s*(?:[([{]\s*(?:dot|点)\s*[)\]}]|\s(?:dot|点)\s)\s*/gi
/** Endings that count even after a spaced-out dot; words of a language (in, to, me, live, …) do not: "it. In fact" is no link. */
const spaced = /[\p{L}\p{N}-]\s*\.\s*(?:com|net|org|xyz|biz|info|vip|io|cc|gg|cn|ru)(?![\p{L}\p{N}])/iu
const endings = ['top', 'club', 'shop', 'site', 'online', 'live', 'link', 'app', 'dev', 'fun', 'icu', 'store', 'pro', 'xyz', 'vip']
const address = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?::\d+|\/)/
/** "www" and a scheme are links whatever follows. */
const plain = /\b(?:https?|ftp)\s*:\s*\/\s*\/|\bwww\s*\.\s*\S/i

const linkify = new LinkifyIt({ fuzzyLink: true, fuzzyIP: true, fuzzyEmail: true })
linkify.tlds(endings, true)

export function hasLink(text: string): boolean {
  const folded = text.normalize('NFKC').replace(dots, '.').replace(spelt, '.')
  return plain.test(folded) || spaced.test(folded) || address.test(folded) || linkify.test(folded)
}
