import type { RosterField, RosterMapping } from '#domain/training/roster-columns.ts'
import type { RosterTable } from '#domain/training/roster-import.ts'
import { SelectField } from '#src/ui/select-field.tsx'
import { w } from '../words.ts'
import '#src/ui/table.css'

const fields: readonly RosterField[] = [
  'fullName',
  'title',
  'givenName',
  'familyName',
  'nickname',
  'number',
  'grade',
  'seat',
]
const previewed = 5

/** Moves a column to a field; the field's former column is then not used. */
export const mapColumn = (mapping: RosterMapping, column: number, field: RosterField | ''): RosterMapping => {
  const rest = Object.entries(mapping).filter(([name, at]) => at !== column && name !== field)
  return Object.fromEntries(field === '' ? rest : [...rest, [field, column]])
}

/** What each column holds, above its first five cells. */
export const MappingTable = (props: {
  table: RosterTable
  mapping: RosterMapping
  onChange: (mapping: RosterMapping) => void
}) => {
  const { table, mapping } = props
  const fieldOf = (column: number) => fields.find((field) => mapping[field] === column) ?? ''
  return (
    <section class="stack stack--tight">
      <h2>{w('import.columns')}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable with the keyboard */}
      <section class="mapping" tabIndex={0} data-scrolls-sideways aria-label={w('import.columns')}>
        <table class="table">
          <thead>
            <tr>
              {table.columns.map((name, column) => (
                <th key={column} scope="col">
                  <span class="mapping__name">{name || w('import.column', { n: column + 1 })}</span>
                  <SelectField
                    id={`column-${column}`}
                    label={w('import.holds', { column: name || String(column + 1) })}
                    hideLabel
                    placeholder={w('import.notUsed')}
                    value={fieldOf(column)}
                    options={fields.map((field) => ({ value: field, label: w(`field.${field}`) }))}
                    onChange={(field) => props.onChange(mapColumn(mapping, column, field))}
                  />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.slice(0, previewed).map((row) => (
              <tr key={row.line}>
                {table.columns.map((_, column) => (
                  <td key={column} class={fieldOf(column) === '' ? 'faint' : ''}>
                    {row.cells[column]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}
