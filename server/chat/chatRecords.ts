// A show's chat as files to keep: one JSON object a line, or a table for spreadsheets.
import type { ChatMessage } from '../contract/chat.ts'
import { csvLine } from '../core/csvLine.ts'

export const csvHead = 'offset_ms,at,name,display_name,role,text,reply_to,line\r\n'

export const toJsonLine = (message: ChatMessage): string => `${JSON.stringify(message)}\n`

export function toCsvLine({ offsetMs, at, author, text, replyTo, line }: ChatMessage): string {
  return csvLine([offsetMs ?? '', at, author?.name ?? '', author?.displayName ?? line?.name ?? '', author?.role ?? '', text, replyTo?.id ?? '', line?.type ?? ''])
}
