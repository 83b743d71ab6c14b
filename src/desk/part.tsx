import { type IntakeAnswers, intakeAnswers, type SealedPart } from '#domain/complaint/content.ts'
import { groupedNumber } from '#domain/complaint/slip-number.ts'
import { momentText } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import type { Names } from '#src/session/names.ts'
import { Notice } from '#src/ui/notice.tsx'
import type { OpenedPart } from './open-parts.ts'
import { w } from './words.ts'

const refused = { 'not-for-you': 'notForYou', damaged: 'damaged', 'other-record': 'otherRecord' } as const

/** One sitting, as it was told. */
export const Part = ({ opened, at, of }: { opened: OpenedPart; at: number; of: number }) => {
  if (opened.state !== 'open')
    return (
      <Notice
        tone={opened.state === 'not-for-you' ? 'wait' : 'need'}
        icon={opened.state === 'not-for-you' ? 'lock' : 'alert-circle'}
        title={of > 1 ? w('complaint.part', { n: at }) : undefined}
      >
        {w(`complaint.${refused[opened.state]}`)}
      </Notice>
    )
  return <Told part={opened.part} heading={of > 1 ? w('complaint.part', { n: at }) : w('complaint.answers')} />
}

const order = Object.keys(intakeAnswers.shape) as (keyof IntakeAnswers)[]

const Told = ({ part, heading }: { part: SealedPart; heading: string }) => {
  const { names } = useApp()
  const answered = order.filter((name) => part.answers[name] !== undefined && name !== 'noticeVersion')
  const { place } = part
  const skipped = order.length - 1 - answered.length
  return (
    <section class="told">
      <header class="spread">
        <h2>{heading}</h2>
        {!part.finished && <span class="desk-late">{w('complaint.unfinished')}</span>}
      </header>
      <dl class="told__facts">
        <Fact name={w('complaint.number')}>
          <span class="nb strong">{groupedNumber(part.number)}</span>
        </Fact>
        <Fact name={w('complaint.takenAt')}>{momentText(part.takenAt)}</Fact>
        <Fact name={w('complaint.officer')}>{names.staffName(part.author)}</Fact>
        {typeof place === 'string' && <Fact name={w('complaint.place')}>{names.placeName(place)}</Fact>}
      </dl>
      <dl class="told__answers">
        {answered.map((name) => (
          <div key={name}>
            <dt>{w(`complaint.fields.${name}`)}</dt>
            <dd>{answerText(name, part.answers, names)}</dd>
          </div>
        ))}
      </dl>
      {skipped > 0 && <p class="small muted">{w('complaint.skipped', { n: skipped })}</p>}
    </section>
  )
}

const Fact = (props: { name: string; children: preact.ComponentChildren }) => (
  <div>
    <dt>{props.name}</dt>
    <dd>{props.children}</dd>
  </div>
)

const answerText = (name: keyof IntakeAnswers, answers: IntakeAnswers, names: Names): string => {
  const answer = answers[name]
  if (typeof answer === 'boolean') return w(answer ? 'complaint.yes' : 'complaint.no')
  if (name === 'safety' && answers.safety) return w(`complaint.${answers.safety}`)
  if (name === 'mode' && answers.mode) return w(`complaint.${answers.mode}`)
  if (name === 'district') return names.label('district', answer)
  if (name === 'category') return names.label('rightsCategory', answer)
  return answer ?? ''
}
