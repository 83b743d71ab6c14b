import { useState } from 'preact/hooks'
import { parseCount } from '#domain/kernel/number.ts'
import { n, t } from '#src/i18n/index.ts'
import { classes } from './classes.ts'
import { FieldMessage, type FieldText } from './field.tsx'
import { words } from './words.ts'
import './number-grid.css'

interface Line {
  key: string
  label: string
}

const read = (text: string): number | undefined => {
  const parsed = parseCount(text)
  if (parsed.ok) return parsed.value
  return parsed.reason === 'empty' ? 0 : undefined
}

const moves: Readonly<Record<string, readonly [number, number]>> = {
  Enter: [1, 0],
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
}

function Cell(props: {
  id: string
  label: string
  value: number
  at: readonly [number, number]
  onChange: (value: number) => void
}) {
  const { value } = props
  const [typed, setTyped] = useState<string | undefined>(undefined)
  const unclear = typed !== undefined && read(typed) === undefined
  const text = unclear || (typed !== undefined && read(typed) === value) ? typed : String(value)
  const onKeyDown = (event: KeyboardEvent & { currentTarget: HTMLInputElement }) => {
    const move = moves[event.key]
    if (!move) return
    const next = event.currentTarget
      .closest('table')
      ?.querySelector<HTMLInputElement>(`[data-cell="${props.at[0] + move[0]}.${props.at[1] + move[1]}"]`)
    if (!next) return
    event.preventDefault()
    next.focus()
  }
  return (
    <input
      id={props.id}
      class={classes('grid__cell', value === 0 && !unclear && 'grid__cell--zero')}
      data-cell={props.at.join('.')}
      inputMode="numeric"
      autocomplete="off"
      aria-label={props.label}
      aria-invalid={unclear || undefined}
      value={text}
      onFocus={(event) => event.currentTarget.select()}
      onKeyDown={onKeyDown}
      onInput={(event) => {
        const next = event.currentTarget.value
        setTyped(next)
        const meant = read(next)
        if (meant !== undefined) props.onChange(meant)
      }}
      onBlur={() => !unclear && setTyped(undefined)}
    />
  )
}

/** A small register of counts, rows by columns, with the sums done. Thai digits work; an empty cell is nought. */
export function NumberGrid(
  props: FieldText & {
    rows: readonly Line[]
    columns: readonly Line[]
    get: (row: string, column: string) => number
    onChange: (row: string, column: string, value: number) => void
  },
) {
  const { id, rows, columns, get } = props
  const sumOf = (pairs: readonly (readonly [Line, Line])[]) =>
    pairs.reduce((sum, [row, column]) => sum + get(row.key, column.key), 0)
  const across = (row: Line) => sumOf(columns.map((column) => [row, column] as const))
  const down = (column: Line) => sumOf(rows.map((row) => [row, column] as const))
  const all = rows.reduce((sum, row) => sum + across(row), 0)
  return (
    <div class={classes('field', props.error && 'field--error')} id={id} tabIndex={-1}>
      <table class="grid">
        <caption class="visually-hidden">{props.label}</caption>
        <thead>
          <tr>
            <td>
              <span class="field__label">{props.label}</span>
              {props.hint && <span class="grid__hint">{props.hint}</span>}
            </td>
            {columns.map((column) => (
              <th key={column.key} scope="col">
                {column.label}
              </th>
            ))}
            <th scope="col" class="grid__sum">
              {t('total')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, down) => (
            <tr key={row.key}>
              <th scope="row">{row.label}</th>
              {columns.map((column, over) => (
                <td key={column.key}>
                  <Cell
                    id={`${id}-${row.key}-${column.key}`}
                    label={words('grid.cell', { row: row.label, column: column.label })}
                    at={[down, over]}
                    value={get(row.key, column.key)}
                    onChange={(value) => props.onChange(row.key, column.key, value)}
                  />
                </td>
              ))}
              <td class="grid__sum">{n(across(row))}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('grandTotal')}</th>
            {columns.map((column) => (
              <td key={column.key}>{n(down(column))}</td>
            ))}
            <td class="grid__sum">
              <output class="grid__all">{n(all)}</output>
            </td>
          </tr>
        </tfoot>
      </table>
      <FieldMessage id={id} error={props.error} warning={props.warning} />
    </div>
  )
}
