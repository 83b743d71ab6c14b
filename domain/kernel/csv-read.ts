export type CsvRow = { line: number; cells: string[] }

const DELIMITERS = [',', ';', '\t'] as const
type Delimiter = (typeof DELIMITERS)[number]

const quoted = /"([^"]*(?:""[^"]*)*)"/y
const bare = { ',': /[^,\r\n]*/y, ';': /[^;\r\n]*/y, '\t': /[^\t\r\n]*/y } as const
const lineBreak = /\r\n|\r|\n/y

/**
 * Reads a CSV text (RFC 4180; comma, semicolon or tab; CRLF, LF or CR) into rows of cells. `line` is where the
 * row begins, counted from 1. Blank rows are left out. A quote that is never closed is taken as a letter, so that
 * one slip does not swallow the rest of the file.
 */
export function readCsv(text: string): CsvRow[] {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text
  const delimiter = sniffDelimiter(source)
  const rows: CsvRow[] = []
  let at = 0
  let line = 1
  while (at < source.length) {
    const row: CsvRow = { line, cells: [] }
    for (;;) {
      const cell = readCell(source, at, delimiter)
      row.cells.push(cell.text)
      line += source.slice(at, cell.end).match(/\r\n|\r|\n/g)?.length ?? 0
      at = cell.end
      if (source[at] !== delimiter) break
      at += 1
    }
    at += matchAt(lineBreak, source, at)?.[0].length ?? 0
    line += 1
    if (row.cells.some((cell) => cell.trim() !== '')) rows.push(row)
  }
  return rows
}

function readCell(source: string, at: number, delimiter: Delimiter): { text: string; end: number } {
  const inQuotes = matchAt(quoted, source, at)
  const start = inQuotes ? at + inQuotes[0].length : at
  // Text after a closing quote is against the RFC, and is kept rather than lost.
  const tail = matchAt(bare[delimiter], source, start)?.[0] ?? ''
  return { text: (inQuotes?.[1]?.replaceAll('""', '"') ?? '') + tail, end: start + tail.length }
}

function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(source)
}

/** The candidate seen most often outside quotes in the first lines. */
function sniffDelimiter(source: string): Delimiter {
  const sample = source.slice(0, 4000).replace(/"[^"]*(?:""[^"]*)*"/g, '')
  const seen = (delimiter: Delimiter) => sample.split(delimiter).length
  return DELIMITERS.reduce((best, next) => (seen(next) > seen(best) ? next : best))
}
