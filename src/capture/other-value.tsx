import { useSignal } from '@preact/signals'
import type { Field } from '#domain/fields/field.ts'
import type { Json } from '#domain/kernel/bytes.ts'
import { t } from '#src/i18n/index.ts'
import { Button } from '#src/ui/button.tsx'
import { into } from '#src/ui/into.ts'
import { NumberField } from '#src/ui/number-field.tsx'
import { TextArea } from '#src/ui/text-area.tsx'
import { w } from './words.ts'

/** Whether neither of the values can be answered by typing: a code or a day is chosen where the record is edited. */
export const typedByHand = ({ type }: Field): boolean => type === 'count' || type === 'text' || type === 'narrative'

/** Neither of the values: the one that was confirmed, typed. */
export const OtherValue = (props: {
  id: string
  label: string
  field: Field
  start: Json | undefined
  onChoose: (value: Json) => Promise<void>
  onCancel: () => void
}) => {
  const { id, label, field } = props
  const number = useSignal<number | undefined>(undefined)
  const text = useSignal(typeof props.start === 'string' ? props.start : '')
  const tried = useSignal(false)
  const typed: Json | undefined = field.type === 'count' ? number.value : text.value.trim() || undefined
  const fits = typed !== undefined && field.schema.safeParse(typed).success
  const use = () => {
    tried.value = true
    if (typed !== undefined && fits) void props.onChoose(typed)
  }
  const error = tried.value && !fits ? w('conflict.otherMissing') : undefined
  return (
    <form
      class="conflict__other"
      onSubmit={(event) => {
        event.preventDefault()
        use()
      }}
    >
      {field.type === 'count' ? (
        <NumberField id={id} label={label} value={number.value} onChange={into(number)} min={0} error={error} />
      ) : (
        <TextArea id={id} label={label} value={text.value} onInput={into(text)} rows={4} error={error} />
      )}
      <div class="cluster">
        <Button type="submit" size="small">
          {w('conflict.use')}
        </Button>
        <Button variant="quiet" size="small" onClick={props.onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}
