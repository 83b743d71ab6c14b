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
import { useDeciding } from './decide.ts'
import { OtherValue } from './other-value.tsx'
import { useValueWords } from './record-words.ts'
import { useDeviceName } from './use-device-name.ts'
import { valueText } from './value-text.ts'
import { w } from './words.ts'

/** Every field that was written twice without knowing: the values as things to press, and one more to type. */
export const Conflicts = ({ record }: { record: RecordView }) => (
  <>
    {Object.entries(record.conflicts).map(([field, siblings]) => (
      <Conflict key={field} record={record} field={field} siblings={siblings} />
    ))}
  </>
)

const Conflict = (props: { record: RecordView; field: string; siblings: readonly Sibling[] }) => {
  const { record, field, siblings } = props
  const { write } = useDeciding()
  const other = useSignal(false)
  const label = fieldLabel(record.kind, field)
  const choosing = useRef(false)
  const choose = async (value: Json) => {
    if (choosing.current) return
    choosing.current = true
    // once it is written, the conflict is about to go from the screen
    choosing.current = await write(record, { [field]: value }).catch(() => false)
    if (choosing.current) toast(w('conflict.settled', { field: label }))
  }
  const known = kindOf(record.kind)
  const declared = known && fieldOf(known, field)
  return (
    <section class="conflict" aria-label={w('conflict.label', { field: label })}>
      <h2 class="conflict__title">
        <Icon name="git-branch" size={24} />
        <span>{w('conflict.title', { field: label })}</span>
      </h2>
      <p class="small">{w('conflict.lead')}</p>
      <div class="conflict__choices">
        {distinct(siblings).map((group, at) => (
          <Choice key={at} record={record} field={field} group={group} shown={at === 0} onChoose={choose} />
        ))}
        {declared && !other.value && (
          <button type="button" class="conflict__choice conflict__choice--other" onClick={() => (other.value = true)}>
            <span class="conflict__which">
              <Icon name="pencil" size={20} />
              {w('conflict.other')}
            </span>
            <span class="conflict__who">{w('conflict.otherHint')}</span>
          </button>
        )}
      </div>
      {declared && other.value && (
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
  onChoose: (value: Json) => Promise<void>
}) => {
  const { record, field, group, shown } = props
  const words = useValueWords()
  const { names } = useApp()
  const deviceName = useDeviceName(record.id)
  const [{ value }] = group as [Sibling]
  const counts = (headcountFields as readonly string[]).includes(field)
  return (
    <button
      type="button"
      class={shown ? 'conflict__choice conflict__choice--shown' : 'conflict__choice'}
      onClick={() => void props.onChoose(value)}
    >
      <span class="conflict__which">
        {shown && <Icon name="check" size={20} />}
        {w(shown ? 'conflict.now' : 'conflict.also')}
      </span>
      <span class={typeof value === 'number' ? 'conflict__number' : 'conflict__text'}>
        {value === null ? w('conflict.cleared') : valueText(record.kind, field, value, words)}
        {counts && value !== null && <small> {w('conflict.unit')}</small>}
      </span>
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
