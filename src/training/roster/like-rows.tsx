import { fullName } from '#domain/training/roster-order.ts'
import type { Answers, RosterMatch } from '#domain/training/roster-plan.ts'
import { Button } from '#src/ui/button.tsx'
import { ChipChoice } from '#src/ui/chips.tsx'
import type { PersonView } from '../parts/types.ts'
import { w } from '../words.ts'
import { personFacts } from './on-roster.tsx'

/** Rows without a number whose name is like somebody's: the same person, or another one. */
export const LikeRows = (props: {
  matches: readonly RosterMatch[]
  people: ReadonlyMap<string, PersonView>
  answers: Answers
  /** Lines to point at, because they hold everything up. */
  missing: readonly number[]
  onAnswer: (lines: readonly number[], answer: 'same' | 'different') => void
}) => {
  const { matches } = props
  const of = (match: RosterMatch): string => {
    const { candidate } = match
    if (candidate?.by === 'row') return w('import.likeLine', { n: candidate.line })
    const values = candidate && props.people.get(candidate.person)?.values
    return values ? [fullName(values), personFacts(values)].filter(Boolean).join(' · ') : ''
  }
  return (
    <section class="stack">
      <div>
        <h2>{w('import.like', { n: matches.length })}</h2>
        <p class="muted">{w('import.likeText')}</p>
      </div>
      {matches.length > 3 && (
        <div class="cluster">
          <Button variant="plain" size="small" onClick={() => props.onAnswer(matches.map(lineOf), 'same')}>
            {w('import.allSame')}
          </Button>
          <Button variant="plain" size="small" onClick={() => props.onAnswer(matches.map(lineOf), 'different')}>
            {w('import.allDifferent')}
          </Button>
        </div>
      )}
      {matches.map((match) => {
        const line = lineOf(match)
        return (
          <ChipChoice
            key={line}
            id={`like-${line}`}
            label={`${w('import.line', { n: line })} ${fullName(match.row)}`}
            hint={w('import.perhaps', { who: of(match) })}
            error={props.missing.includes(line) ? w('import.choose') : undefined}
            options={[
              { value: 'same', label: w('import.same') },
              { value: 'different', label: w('import.different') },
            ]}
            value={props.answers.get(line)}
            onChange={(answer) => props.onAnswer([line], answer)}
          />
        )
      })}
    </section>
  )
}

const lineOf = ({ row }: RosterMatch): number => row.line
