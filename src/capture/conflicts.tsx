import type { Json } from '#domain/kernel/bytes.ts'
import type { AnyRecordKind } from '#domain/record-kind.ts'
import { momentText } from '#src/i18n/index.ts'
import { fieldLabel } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import type { RecordView } from '#src/store/types.ts'
import { Icon } from '#src/ui/icon.tsx'
import { toast } from '#src/ui/toast.tsx'
import { valueText } from './value-text.ts'
import { setField } from './withdraw.tsx'
import { w } from './words.ts'
import './conflicts.css'

/** Fields with several answers that were written without knowing each other: each answer with who and when, to be chosen by a person. */
export function Conflicts(props: { kind: AnyRecordKind; record: RecordView; mayAlter: boolean }) {
  const { kind, record, mayAlter } = props
  const app = useApp()
  const settle = async (field: string, value: Json) => {
    if (await setField(app, record, field, value)) toast(w('conflict.settled'))
  }
  return (
    <>
      {Object.entries(record.conflicts).map(([field, siblings]) => (
        <section key={field} class="siblings" aria-labelledby={`conflict-${field}`}>
          <h2 id={`conflict-${field}`} class="h3">
            {w('conflict.title', { field: fieldLabel(kind.kind, field) })}
          </h2>
          <p class="muted">{w(mayAlter ? 'conflict.lead' : 'conflict.leadRead')}</p>
          <ul class="siblings__answers">
            {siblings.map(({ value, write }) => (
              <li key={`${write.device}.${write.n}`}>
                <button
                  type="button"
                  class="siblings__answer"
                  disabled={!mayAlter}
                  onClick={() => void settle(field, value)}
                >
                  <span class="siblings__value">
                    {valueText(kind, field, value, app.names) || w('conflict.cleared')}
                  </span>
                  <span class="siblings__by">
                    {w('conflict.by', { name: app.names.staffName(write.author), time: momentText(write.at) })}
                  </span>
                  {mayAlter && (
                    <span class="siblings__use">
                      <Icon name="check" size={20} />
                      {w('conflict.use')}
                    </span>
                  )}
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}
