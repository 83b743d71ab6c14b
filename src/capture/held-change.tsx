import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import type { Change } from '#domain/change.ts'
import type { Json } from '#domain/kernel/bytes.ts'
import type { DeviceId } from '#domain/kernel/id.ts'
import { fieldOf } from '#domain/record-kind.ts'
import { kindOf } from '#domain/records/index.ts'
import { fieldLabel } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import type { Names } from '#src/session/names.ts'
import type { Alters } from '#src/store/alters.ts'
import { ConfirmDialog } from '#src/ui/confirm-dialog.tsx'
import { DiffTable } from '#src/ui/diff-table.tsx'
import { isFollowed, RecordName } from './record-name.tsx'
import { valueText } from './value-text.ts'
import { w } from './words.ts'

type Held = Pick<Change, 'n' | 'author' | 'record' | 'kind' | 'v' | 'set'>

interface HeldProps {
  change: Held
  device: DeviceId
}

/** What the record is without the change and with it; null until it was looked for, or where its kind is not known here. */
const useAlters = ({ change, device }: HeldProps): Alters | null => {
  const { store } = useApp()
  const alters = useSignal<Alters | null>(null)
  useEffect(() => {
    if (!kindOf(change.kind)) return
    let stale = false
    void store.alters(change, device).then((answer) => {
      if (!stale) alters.value = answer
    })
    return () => {
      stale = true
    }
  }, [change, device])
  return alters.value
}

/** A change that does not count yet: whose record it is about, why (the children), and what it would alter there, before and after. */
export const HeldChangeText = (props: HeldProps & { children: ComponentChildren }) => {
  const { names } = useApp()
  const { change } = props
  const alters = useAlters(props)
  if (!alters) return <>{props.children}</>
  const { before, after } = alters
  const rows = Object.keys(change.set)
    // what is followed to another record has named it
    .filter((field) => !isFollowed(change.kind, field))
    .map((field) => ({
      field: field === 'withdrawn' ? w('held.withdrawn') : fieldLabel(change.kind, field),
      before: textOf(change, field, before, names),
      after: textOf(change, field, after, names),
    }))
    .filter((row) => row.before !== row.after)
  return (
    <div class="stack stack--tight">
      <p class="strong">
        <RecordName kind={change.kind} values={before ?? after} />
      </p>
      {props.children}
      {rows.length > 0 ? (
        <DiffTable caption={w('held.alters')} rows={rows} />
      ) : (
        <p class="small muted">{w(before === null ? 'held.begins' : 'held.nothing')}</p>
      )}
    </div>
  )
}

/** A field as people read it; of a set only the entries that the change touches, or a whole roster would stand there. */
const textOf = (change: Held, field: string, values: Readonly<Record<string, Json>> | null, names: Names): string => {
  const kind = kindOf(change.kind)!
  const value = values?.[field]
  if (value === undefined || value === null) return '–'
  if (field === 'withdrawn') return (value as { reason?: string }).reason ?? '–'
  const touched = change.set[field]
  const isSet = fieldOf(kind, field)?.type === 'keyed-set' && typeof touched === 'object' && touched !== null
  const shown = isSet ? Object.fromEntries(Object.entries(value).filter(([key]) => Object.hasOwn(touched, key))) : value
  return valueText(kind, field, shown as Json, names) || '–'
}

/** Asks before a held change is dropped, and says what is lost with it: the same on the tablet and to the administrator. */
export const DropHeld = (props: {
  open: boolean
  /** Null when nobody can read it. */
  change: Held | null
  device: DeviceId | undefined
  onDrop: () => void
  onClose: () => void
}) => (
  <ConfirmDialog
    open={props.open}
    title={w('held.dropAsk')}
    confirm={w('held.drop')}
    danger
    onConfirm={props.onDrop}
    onClose={props.onClose}
  >
    {props.open && props.change && props.device && <Lost change={props.change} device={props.device} />}
    <p class="muted">{w('held.dropKept')}</p>
  </ConfirmDialog>
)

const Lost = (props: HeldProps) => {
  const alters = useAlters(props)
  if (!alters) return <p>{w('held.dropText')}</p>
  const { before, after } = alters
  return (
    <div class="stack stack--tight">
      <p class="strong">
        <RecordName kind={props.change.kind} values={before ?? after} />
      </p>
      <p>{before === null ? w('held.dropNew') : w('held.dropText')}</p>
    </div>
  )
}
