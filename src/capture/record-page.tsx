import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import type { AnyRecordKind } from '#domain/record-kind.ts'
import { t } from '#src/i18n/index.ts'
import type { RecordView } from '#src/store/types.ts'
import { Button } from '#src/ui/button.tsx'
import { TopBar } from '#src/ui/top-bar.tsx'
import { Provenance } from './answers.tsx'
import { Conflicts } from './conflicts.tsx'
import { Journey } from './journey.tsx'
import { useMayAlter } from './may-write.ts'
import { QuestionsAbout } from './questions-about.tsx'
import { SafetyOf } from './safety-of.tsx'
import { Withdraw, Withdrawn } from './withdraw.tsx'

/** The page of one record: where it is safe, what people must still settle, then its answers, then what can be done with it. */
export function RecordPage<K extends AnyRecordKind>(props: {
  kind: K
  record: RecordView
  title: string
  second?: string | undefined
  seat?: ComponentChildren
  back: string
  edit: string
  children: ComponentChildren
}) {
  const { kind, record } = props
  const mayAlter = useMayAlter(kind, record)
  useEffect(() => scrollTo(0, 0), [record.id])
  return (
    <main class="page stack" id="content">
      <TopBar title={props.title} second={props.second} seat={props.seat} back={props.back} />
      <SafetyOf record={record} />
      <Withdrawn record={record} mayAlter={mayAlter} />
      <Conflicts record={record} mayAlter={mayAlter} />
      <QuestionsAbout record={record} />
      {props.children}
      <Provenance record={record} />
      <Journey record={record} />
      {mayAlter && !record.withdrawn && (
        <div class="cluster screen-only">
          <Button variant="line" icon="pencil" href={props.edit}>
            {t('edit')}
          </Button>
          <Withdraw record={record} />
        </div>
      )}
    </main>
  )
}
