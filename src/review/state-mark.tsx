import type { ReviewState } from '#domain/review.ts'
import { classes } from '#src/ui/classes.ts'
import { Icon, type IconName } from '#src/ui/icon.tsx'
import { w } from './words.ts'

const marks: Readonly<Record<Exclude<ReviewState, 'new'>, { icon: IconName; tone: 'wait' | 'teal' | 'plain' }>> = {
  conflict: { icon: 'git-branch', tone: 'wait' },
  answered: { icon: 'reply', tone: 'teal' },
  returned: { icon: 'message-question', tone: 'plain' },
  'changed-since-approval': { icon: 'history', tone: 'wait' },
  approved: { icon: 'check', tone: 'plain' },
  withdrawn: { icon: 'x', tone: 'plain' },
}

/** Where a record stands, as a glyph and a word; nothing for one that is simply new. */
export const StateMark = ({ state }: { state: ReviewState }) => {
  if (state === 'new') return null
  const { icon, tone } = marks[state]
  return (
    <span class={classes('state-mark', `state-mark--${tone}`)}>
      <Icon name={icon} size={20} />
      <span>{w(`states.${state}`)}</span>
    </span>
  )
}
