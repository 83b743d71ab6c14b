import { listOf } from '#src/i18n/index.ts'
import { w } from '../words.ts'
import type { PersonCompletion } from './year-attendance.ts'

/** In a sentence: completed, or what is still missing. `nameOf` names a module. */
export const completionText = ({ explanation }: PersonCompletion, nameOf: (code: string) => string): string => {
  const { key, minutes, missingMinutes } = explanation
  const modules = listOf(explanation.modules.map(nameOf))
  if (key === 'completed') return w('completion.completed', { minutes })
  if (key === 'nothing-yet') return w('completion.nothingYet')
  if (key === 'short-minutes') return w('completion.shortMinutes', { minutes, missing: missingMinutes })
  if (key === 'short-modules') return w('completion.shortModules', { minutes, modules })
  return w('completion.shortBoth', { minutes, missing: missingMinutes, modules })
}
