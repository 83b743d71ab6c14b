import type { ComponentChildren } from 'preact'
import { momentText } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import type { RecordView } from '#src/store/types.ts'
import { w } from './words.ts'
import './answers.css'

export interface Answer {
  readonly label: string
  readonly value: ComponentChildren
  /** Sentences: the label stands above, over the whole width. */
  readonly long?: boolean | undefined
}

/** What was answered, label beside value; what nobody answered is left out. */
export const Answers = (props: { items: readonly Answer[] }) => (
  <dl class="answers">
    {props.items
      .filter(({ value }) => value !== '' && value !== null && value !== undefined)
      .map(({ label, value, long }) => (
        <div key={label} class={long ? 'answers__row answers__row--long' : 'answers__row'}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
)

/** Who began a record and who wrote last, and when. */
export function Provenance({ record }: { record: RecordView }) {
  const { names } = useApp()
  const { created, last } = record
  const line = (key: 'kinds.created' | 'kinds.changed', write: { author: string; at: number }) => (
    <p>{w(key, { name: names.staffName(write.author), time: momentText(write.at) })}</p>
  )
  const again = last && created && (last.device !== created.device || last.n !== created.n)
  return (
    <div class="small muted">
      {created && line('kinds.created', created)}
      {again && line('kinds.changed', last)}
    </div>
  )
}
