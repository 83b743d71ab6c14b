import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { equalJson, type Json } from '#domain/kernel/bytes.ts'
import { pendingSeq } from '#domain/merge.ts'
import { fieldOf } from '#domain/record-kind.ts'
import { headcountFields } from '#domain/records/activity.ts'
import { kindOf } from '#domain/records/index.ts'
import type { Sibling } from '#domain/view.ts'
import { momentText } from '#src/i18n/index.ts'
import { fieldLabel } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import type { RecordView } from '#src/store/types.ts'
import { Icon } from '#src/ui/icon.tsx'
import { toast } from '#src/ui/toast.tsx'
import { OtherValue, typedByHand } from './other-value.tsx'
import { useDeviceName } from './use-device-name.ts'
import { valueText } from './value-text.ts'
import { setField } from './withdraw.tsx'
import { w } from './words.ts'
import './conflicts.css'

/** What a screen has to say about settling. */
interface Settling {
  /** Writes the value that was chosen; true once it is saved here. Without it the field alone is written. */
  readonly settle?: (field: string, value: Json) => Promise<boolean>
  /** Why this value cannot be chosen. */
  readonly refusal?: (field: string, value: Json) => string | undefined
}

type ConflictsProps = Settling & { record: RecordView; mayAlter: boolean }

/**
 * Every field that was written twice without knowing: the values as things to press, each with who and when, and one more to type where a
 * value is typed. Whoever may not alter the record reads them.
 */
export const Conflicts = (props: ConflictsProps) => (
  <>
    {Object.entries(props.record.conflicts).map(([field, siblings]) => (
      <Conflict key={field} field={field} siblings={siblings} {...props} />
    ))}
  </>
)

const Conflict = (props: ConflictsProps & { field: string; siblings: readonly Sibling[] }) => {
  const { record, field, siblings, mayAlter, refusal } = props
  const app = useApp()
  const other = useSignal(false)
  const label = fieldLabel(record.kind, field)
  const choosing = useRef(false)
  const settle = props.settle ?? ((name, value) => setField(app, record, name, value))
  const choose = async (value: Json): Promise<void> => {
    if (choosing.current) return
    const refused = refusal?.(field, value)
    if (refused) {
      toast(refused)
      return
    }
    choosing.current = true
    // once it is written, the conflict is about to go from the screen
    choosing.current = await settle(field, value).catch(() => false)
    if (choosing.current) toast(w('conflict.settled', { field: label }))
  }
  const known = kindOf(record.kind)
  const declared = known && fieldOf(known, field)
  const typed = declared && mayAlter && typedByHand(declared)
  return (
    <section class="conflict" aria-label={w('conflict.label', { field: label })}>
      <h2 class="conflict__title">
        <Icon name="git-branch" size={24} />
        <span>{w('conflict.title', { field: label })}</span>
      </h2>
      <p class="small">{w(mayAlter ? 'conflict.lead' : 'conflict.leadRead')}</p>
      <div class="conflict__choices">
        {distinct(siblings).map((group, at) => (
          <Choice
            key={at}
            record={record}
            field={field}
            group={group}
            shown={at === 0}
            refused={refusal?.(field, group[0]!.value)}
            onChoose={mayAlter ? choose : undefined}
          />
        ))}
        {typed && !other.value && (
          <button type="button" class="conflict__choice conflict__choice--other" onClick={() => (other.value = true)}>
            <span class="conflict__which">
              <Icon name="pencil" size={20} />
              {w('conflict.other')}
            </span>
            <span class="conflict__who">{w('conflict.otherHint')}</span>
          </button>
        )}
      </div>
      {typed && other.value && (
        <OtherValue
          id={`other-${field}`}
          label={label}
          field={declared}
          start={siblings[0]?.value}
          onChoose={choose}
          onCancel={() => (other.value = false)}
        />
      )}
    </section>
  )
}

const Choice = (props: {
  record: RecordView
  field: string
  group: readonly Sibling[]
  shown: boolean
  refused: string | undefined
  onChoose: ((value: Json) => Promise<void>) | undefined
}) => {
  const { record, field, group, shown, refused, onChoose } = props
  const { names } = useApp()
  const deviceName = useDeviceName(record.id)
  const [{ value }] = group as [Sibling]
  const known = kindOf(record.kind)
  const counts = (headcountFields as readonly string[]).includes(field)
  return (
    <button
      type="button"
      class={shown ? 'conflict__choice conflict__choice--shown' : 'conflict__choice'}
      disabled={!onChoose}
      aria-disabled={refused ? true : undefined}
      onClick={() => void onChoose?.(value)}
    >
      <span class="conflict__which">
        {shown && <Icon name="check" size={20} />}
        {w(shown ? 'conflict.now' : 'conflict.also')}
      </span>
      <span class={typeof value === 'number' ? 'conflict__number' : 'conflict__text'}>
        {(known && valueText(known, field, value, names)) || w('conflict.cleared')}
        {counts && value !== null && <small> {w('conflict.unit')}</small>}
      </span>
      {refused && <span class="conflict__refused">{refused}</span>}
      {group.map(({ write }) => (
        <span key={`${write.device} ${write.n}`} class="conflict__who">
          {[names.staffName(write.author), deviceName(write.device)].filter(Boolean).join(' · ')}
          <br />
          {momentText(write.seq === pendingSeq ? write.at : write.stamp)}
        </span>
      ))}
    </button>
  )
}

/** Siblings that wrote the same value stand together, the value shown now first. */
const distinct = (siblings: readonly Sibling[]): readonly (readonly Sibling[])[] => {
  const groups: Sibling[][] = []
  for (const sibling of siblings) {
    const same = groups.find(([first]) => equalJson(first!.value, sibling.value))
    if (same) same.push(sibling)
    else groups.push([sibling])
  }
  return groups
}
