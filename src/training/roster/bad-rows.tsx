import type { BadRosterRow } from '#domain/training/roster-import.ts'
import { w } from '../words.ts'

/** Rows that cannot be taken, with their line in the file and the reason; the others are not held up by them. */
export const BadRows = ({ rows }: { rows: readonly BadRosterRow[] }) => {
  if (rows.length === 0) return null
  return (
    <section>
      <h2 class="need-text">{w('import.bad', { n: rows.length })}</h2>
      <p class="muted">{w('import.badText')}</p>
      <ul class="bad-rows">
        {rows.map(({ line, reason, field, cells }) => (
          <li key={line}>
            <b class="nb">{w('import.line', { n: line })}</b> {w(`problem.${reason}`)}{' '}
            <span class="faint">
              {w(`field.${field}`)}: {cells.join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
