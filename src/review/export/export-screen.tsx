import { useSignal } from '@preact/signals'
import type { Field } from '#domain/fields/field.ts'
import { type Day, dayOfInstant } from '#domain/kernel/day.ts'
import type { Failure } from '#domain/kernel/failure.ts'
import type { AnyRecordKind } from '#domain/record-kind.ts'
import { recordKinds } from '#domain/records/index.ts'
import { person } from '#domain/records/person.ts'
import { failureText } from '#src/i18n/failure.ts'
import { t } from '#src/i18n/index.ts'
import { kindName } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { Checkbox } from '#src/ui/checkbox.tsx'
import { ChipChoice } from '#src/ui/chips.tsx'
import { DayField } from '#src/ui/day-field.tsx'
import { into } from '#src/ui/into.ts'
import { Notice } from '#src/ui/notice.tsx'
import { toast } from '#src/ui/toast.tsx'
import { TopBar } from '#src/ui/top-bar.tsx'
import { useTitle } from '#src/ui/use-title.ts'
import { w } from '../words.ts'
import { download } from './download.ts'

const lists: readonly string[] = ['code-list', 'curriculum']
/** What the desk alone reads has no table, and lists of codes are no work. */
const exported = (recordKinds as readonly AnyRecordKind[])
  .filter(({ kind, scope }) => scope.by !== 'desk' && !lists.includes(kind))
  .sort((a, b) => Number(b.reviewed) - Number(a.reviewed))

const fieldsOf = (kind: string) =>
  Object.values(exported.find((one) => one.kind === kind)?.fields ?? {}) as readonly Field[]
const hasDay = (kind: string) => fieldsOf(kind).some(({ index }) => index === 'day')
/** It says who people are, or names them by reference. */
const namesPeople = (kind: string) => fieldsOf(kind).some((field) => field.personal || field.of === person.kind)

/** A file for Excel of one kind, made by the server. */
export const ExportScreen = () => {
  const { session, store } = useApp()
  useTitle(w('export.title'))
  const kind = useSignal<string>(exported[0]!.kind)
  const from = useSignal<Day | undefined>(undefined)
  const to = useSignal<Day | undefined>(undefined)
  const withdrawn = useSignal(false)
  const personal = useSignal(false)
  const busy = useSignal(false)
  const failed = useSignal<Failure | null>(null)
  const today = dayOfInstant(Date.now())
  const { waiting } = store.counts.value

  const fetchFile = async () => {
    busy.value = true
    failed.value = null
    const days = hasDay(kind.value) ? { from: from.value, to: to.value } : { from: undefined, to: undefined }
    const named = personal.value && namesPeople(kind.value)
    const answer = await download(
      { kind: kind.value, ...days, withdrawn: withdrawn.value, personal: named },
      session.person.peek()!.id,
    )
    busy.value = false
    if (answer.ok) toast(w('export.done'))
    else failed.value = answer.failure
  }

  return (
    <main class="page" id="content">
      <TopBar title={w('export.title')} back="/review" />
      <div class="stack export">
        <p class="muted">{w('export.lead')}</p>
        <ChipChoice
          id="export-kind"
          label={w('export.kind')}
          options={exported.map((one) => ({ value: one.kind, label: kindName(one.kind) }))}
          value={kind.value}
          onChange={into(kind)}
        />
        {hasDay(kind.value) && (
          <div class="columns">
            <DayField
              id="export-from"
              label={w('export.from')}
              hint={w('export.allDays')}
              today={today}
              value={from.value}
              onChange={into(from)}
            />
            <DayField
              id="export-to"
              label={w('export.to')}
              hint={w('export.allDays')}
              today={today}
              min={from.value}
              value={to.value}
              onChange={into(to)}
            />
          </div>
        )}
        <div>
          <Checkbox
            id="export-withdrawn"
            label={w('export.withdrawn')}
            hint={w('export.withdrawnHint')}
            checked={withdrawn.value}
            onChange={into(withdrawn)}
          />
          {namesPeople(kind.value) && (
            <Checkbox
              id="export-personal"
              label={w('export.personal')}
              hint={w('export.personalHint')}
              checked={personal.value}
              onChange={into(personal)}
            />
          )}
        </div>
        {failed.value && (
          <Notice tone="need" title={w('export.failed')} alert>
            <p>{failed.value.code === 'unavailable' ? t('errors.offline') : failureText(failed.value)}</p>
          </Notice>
        )}
        <div>
          <Button size="big" icon="download" pending={busy.value} onClick={() => void fetchFile()}>
            {w('export.download')}
          </Button>
        </div>
        <p class="small muted">
          {w('export.network')} {waiting > 0 && w('export.unsent', { n: waiting })}
        </p>
      </div>
    </main>
  )
}
