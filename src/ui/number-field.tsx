import { useState } from 'preact/hooks'
import { parseCount } from '#domain/kernel/number.ts'
import { t } from '#src/i18n/index.ts'
import type { FieldText } from './field.tsx'
import { TextField } from './text-field.tsx'

/** What the digits mean, or the sentence that says why they mean nothing. */
function read(text: string, range: { min?: number | undefined; max?: number | undefined }) {
  const parsed = parseCount(text)
  if (!parsed.ok) return { value: undefined, problem: parsed.reason === 'empty' ? undefined : t('errors.number') }
  const { value } = parsed
  if (range.min !== undefined && value < range.min) return { value, problem: t('errors.atLeast', { n: range.min }) }
  if (range.max !== undefined && value > range.max) return { value, problem: t('errors.atMost', { n: range.max }) }
  return { value, problem: undefined }
}

/** A whole number in Thai or Arabic digits. What cannot be read stays in the field and is undefined outside. */
export function NumberField(
  props: FieldText & {
    value: number | undefined
    onChange: (value: number | undefined) => void
    min?: number | undefined
    max?: number | undefined
    suffix?: string | undefined
    required?: boolean | undefined
  },
) {
  const [typed, setTyped] = useState<string | undefined>(undefined)
  const [left, setLeft] = useState(true)
  const text = typed !== undefined && read(typed, {}).value === props.value ? typed : (props.value?.toString() ?? '')
  const problem = left ? read(text, props).problem : undefined
  return (
    <TextField
      {...props}
      value={text}
      error={props.error ?? problem}
      inputMode="numeric"
      onInput={(next) => {
        setTyped(next)
        setLeft(false)
        props.onChange(read(next, {}).value)
      }}
      onBlur={() => setLeft(true)}
    />
  )
}
