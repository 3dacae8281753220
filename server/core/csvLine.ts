// Tables as files: cells by RFC 4180, and safe to open in a spreadsheet.

/** Before the first line: spreadsheets then read UTF-8. */
export const CSV_MARK = '\uFEFF'

export const csvLine = (cells: ReadonlyArray<string | number | bigint>): string => `${cells.map(toCell).join(',')}\r\n`

/** A text that would be taken for a formula is led by an apostrophe (OWASP, CSV injection). */
export function toCell(value: string | number | bigint): string {
  const text = typeof value === 'string' && /^[\s\uFEFF]*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20|]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
