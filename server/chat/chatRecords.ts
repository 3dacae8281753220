// A show's chat as files to keep: one JSON object a line, or a table for spreadsheets.
import type { ChatMessage } from '../contract/chat.ts'

export const csvHead = 'offset_ms,at,name,display_name,role,text,reply_to,line\r\n'

export const toJsonLine = (message: ChatMessage): string => `${JSON.stringify(message)}\n`

export function toCsvLine({ offsetMs, at, author, text, replyTo, line }: ChatMessage): string {
  return `${[offsetMs ?? '', at, author?.name ?? '', author?.displayName ?? line?.name ?? '', author?.role ?? '', text, replyTo?.id ?? '', line?.type ?? ''].map(toCell).join(',')}\r\n`
}

/**
 * RFC 4180, and safe to open in a spreadsheet: a text that would be taken for a formula is led by an apostrophe (OWASP, CSV injection).
 */
export function toCell(value: string | number): string {
  const text = typeof value === 'string' && /^[\s\uFEFF]*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20|]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
