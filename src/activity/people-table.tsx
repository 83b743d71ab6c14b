import { type HeadcountField, sexes } from '#domain/records/activity.ts'
import { n, t } from '#src/i18n/index.ts'
import { Table } from '#src/ui/table.tsx'
import { type Activity, peopleOf } from './log.ts'
import { bandLines, sexLines } from './people-grid.tsx'
import { w } from './words.ts'

/** Nought steps back, so that the eye finds who came. */
const figure = (value: number) => (value === 0 ? <span class="faint people-table__zero">{n(0)}</span> : n(value))

/** Who came, as a small table with its sums. */
export function PeopleTable({ one }: { one: Activity }) {
  const at = (band: string, sex: string) => one.values[`${band}${sex}` as HeadcountField] ?? 0
  const across = (band: string) => sexes.reduce((sum, sex) => sum + at(band, sex), 0)
  const bands = bandLines()
  const down = (sex: string) => bands.reduce((sum, { key }) => sum + at(key, sex), 0)
  if (peopleOf(one) === 0) return <p class="muted">{w('notCounted')}</p>
  return (
    <div class="people-table">
      <Table
        caption={w('people')}
        wide
        rows={bands}
        rowKey={({ key }) => key}
        columns={[
          { key: 'band', label: w('age'), cell: ({ label }) => label },
          ...sexLines().map(({ key, label }) => ({
            key,
            label,
            number: true,
            cell: (band: { key: string }) => figure(at(band.key, key)),
          })),
          { key: 'sum', label: t('total'), number: true, cell: ({ key }) => figure(across(key)) },
        ]}
        footer={[t('grandTotal'), ...sexes.map((sex) => n(down(sex))), n(peopleOf(one))]}
      />
    </div>
  )
}
