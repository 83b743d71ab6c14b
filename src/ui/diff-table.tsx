import { type DiffPart, diffWords } from './diff-words.ts'
import { words } from './words.ts'
import './diff-table.css'

export interface DiffRow {
  field: string
  before: string
  after: string
  /** Who changed it, and when. */
  who?: string | undefined
}

const marked = (parts: readonly DiffPart[], Tag: 'del' | 'ins') =>
  parts.map((part, at) => {
    const words = part.text.trim()
    if (!part.changed || words === '') return part.text
    // The spaces around stay outside the mark, or it would lie over the marks of the letter before.
    const [before, after] = part.text.split(words)
    return (
      <span key={at}>
        {before}
        <Tag>{words}</Tag>
        {after}
      </span>
    )
  })

function Row({ row, told }: { row: DiffRow; told: boolean }) {
  const diff = diffWords(row.before, row.after)
  return (
    <tr>
      <th scope="row">{row.field}</th>
      <td data-label={words('diff.before')}>{marked(diff.before, 'del')}</td>
      <td data-label={words('diff.after')}>{marked(diff.after, 'ins')}</td>
      {told && <td class="diff__who">{row.who}</td>}
    </tr>
  )
}

/** What a change changed, field by field: gone is struck through, new is underlined; what stayed is folded away. */
export function DiffTable(props: {
  caption: string
  rows: readonly DiffRow[]
  unchanged?: readonly { field: string; value: string }[] | undefined
}) {
  const { unchanged = [] } = props
  const told = props.rows.some(({ who }) => who !== undefined)
  return (
    <div class="diff">
      <table class="diff__table">
        <caption class="visually-hidden">{props.caption}</caption>
        <thead>
          <tr>
            <th scope="col">{words('diff.field')}</th>
            <th scope="col">{words('diff.before')}</th>
            <th scope="col">{words('diff.after')}</th>
            {told && (
              <th scope="col" class="diff__who">
                {words('diff.who')}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <Row key={row.field} row={row} told={told} />
          ))}
        </tbody>
      </table>
      {unchanged.length > 0 && (
        <details class="diff__rest">
          <summary>{words('diff.unchanged', { n: unchanged.length })}</summary>
          <dl>
            {unchanged.map((item) => (
              <div key={item.field}>
                <dt>{item.field}</dt>
                <dd>{item.value}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </div>
  )
}
