/** First in a file, so that Excel reads it as UTF-8. */
export const CSV_BOM = '\uFEFF'

const runsAsFormula = /^[=+\-@＝＋－＠\t\r\n]/

export type CsvValue = string | number | null | undefined

/**
 * One cell per RFC 4180. A text that a spreadsheet would run as a formula (it begins with = + - @, also in the full width that some keyboards
 * write, a tab, a carriage return or a line feed; after OWASP, "CSV Injection") gets one leading apostrophe; a number, which we wrote
 * ourselves, keeps its minus sign.
 */
export function csvCell(value: CsvValue): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  const text = runsAsFormula.test(value) ? `'${value}` : value
  // A semicolon or tab is quoted too: some regions open a .csv with those between the cells.
  return /[",;\t\r\n]|^ | $/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** One line, with its CRLF. */
export function csvLine(cells: readonly CsvValue[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}
