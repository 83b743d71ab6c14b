import { type Day, dayOfInstant } from '#domain/kernel/day.ts'
import { dayText, t } from '#src/i18n/index.ts'
import { kindName } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import { reviewedKinds } from '#src/store/review-index.ts'
import { Button } from '#src/ui/button.tsx'
import { ChipChoice } from '#src/ui/chips.tsx'
import { DayField } from '#src/ui/day-field.tsx'
import { Sheet } from '#src/ui/modal.tsx'
import { SelectField } from '#src/ui/select-field.tsx'
import { type InboxFilter, isFiltered } from './inbox.ts'
import { filter, type Inbox } from './use-inbox.ts'
import { w } from './words.ts'

const set = (more: InboxFilter) => {
  filter.value = { ...filter.peek(), ...more }
}

/** Kind, district and the days on which it was held; the list behind follows at once. */
export const FilterSheet = (props: { inbox: Inbox; open: boolean; onClose: () => void }) => {
  const { names } = useApp()
  const { kind, district, from, to } = filter.value
  const today = dayOfInstant(Date.now())
  return (
    <Sheet
      open={props.open}
      onClose={props.onClose}
      title={w('filter.title')}
      footer={
        <>
          <Button variant="line" onClick={clearFilter}>
            {w('filter.clear')}
          </Button>
          <Button onClick={props.onClose}>{w('filter.show', { n: props.inbox.count('all') })}</Button>
        </>
      }
    >
      <div class="stack">
        <ChipChoice
          id="filter-kind"
          label={w('filter.kind')}
          options={[
            { value: '', label: t('all') },
            ...reviewedKinds.map((one) => ({ value: one.kind, label: kindName(one.kind) })),
          ]}
          value={kind ?? ''}
          onChange={(value) => set({ kind: value || undefined })}
        />
        <SelectField
          id="filter-district"
          label={w('filter.district')}
          placeholder={t('all')}
          value={district ?? ''}
          options={names.items('district').map(({ code, label }) => ({ value: code, label }))}
          onChange={(value) => set({ district: value || undefined })}
        />
        <div class="columns">
          <DayField
            id="filter-from"
            label={w('filter.from')}
            today={today}
            value={from as Day | undefined}
            onChange={(day) => set({ from: day })}
          />
          <DayField
            id="filter-to"
            label={w('filter.to')}
            today={today}
            min={from as Day | undefined}
            value={to as Day | undefined}
            onChange={(day) => set({ to: day })}
          />
        </div>
      </div>
    </Sheet>
  )
}

export const clearFilter = () => {
  filter.value = {}
}

/** What is left out, said where the list is, with the way back. */
export const FilterWords = () => {
  const { names } = useApp()
  if (!isFiltered(filter.value)) return null
  const { kind, district, from, to } = filter.value
  const parts = [
    kind && kindName(kind),
    district && names.label('district', district),
    from && w('filter.since', { day: dayText(from as Day, 'medium') }),
    to && w('filter.until', { day: dayText(to as Day, 'medium') }),
  ].filter(Boolean)
  return (
    <p class="inbox-filter">
      <span>{parts.join(' · ')}</span>
      <Button variant="quiet" size="small" icon="x" onClick={clearFilter}>
        {w('filter.clear')}
      </Button>
    </p>
  )
}
