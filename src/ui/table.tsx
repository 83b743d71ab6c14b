import type { ComponentChildren } from 'preact'
import { classes } from './classes.ts'
import './table.css'

export interface Column<Row> {
  key: string
  label: string
  /** Numbers stand at the end. */
  number?: boolean | undefined
  /** The column that names the row; the first one unless said otherwise. */
  heading?: boolean | undefined
  cell: (row: Row) => ComponentChildren
}

/** A table like a printed form. On a phone each row stands as a block with its labels, unless `wide` lets it scroll. */
export function Table<Row>(props: {
  caption: string
  hideCaption?: boolean | undefined
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  wide?: boolean | undefined
  /** Sums, under a rule; one cell a column. */
  footer?: readonly ComponentChildren[] | undefined
}) {
  const { columns, wide } = props
  const headingKey = (columns.find((column) => column.heading) ?? columns[0])?.key
  const align = (column: Column<Row>) => (column.number ? 'table__number' : '')
  return (
    <div
      class={classes('table-box', wide && 'table-box--wide')}
      {...(wide && { tabIndex: 0, role: 'region', 'aria-label': props.caption })}
    >
      <table class="table">
        <caption class={props.hideCaption ? 'visually-hidden' : ''}>{props.caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" class={align(column)}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={props.rowKey(row)}>
              {columns.map((column) =>
                column.key === headingKey ? (
                  <th key={column.key} scope="row" class={align(column)}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.key} data-label={column.label} class={align(column)}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
        {props.footer && (
          <tfoot>
            <tr>
              {columns.map((column, at) => (
                <td key={column.key} data-label={column.label} class={align(column)}>
                  {props.footer?.[at]}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  )
}
