import type { ErrorItem } from '#src/ui/error-summary.tsx'
import { w } from './words.ts'

const nameOf = (control: Element): string =>
  control.getAttribute('aria-label') ??
  document.querySelector(`label[for="${CSS.escape(control.id)}"]`)?.firstChild?.textContent ??
  ''

/**
 * Controls whose text the program could not read, such as a number with letters in it: saving would lose what was typed. The screen knows
 * them as invalid, and nobody else does, because only what could be read leaves a control. `known` are already told of.
 */
export const unreadControls = (form: Element, known: ReadonlySet<string>): readonly ErrorItem[] =>
  [...form.querySelectorAll('[aria-invalid="true"]')]
    .filter((control) => !control.matches('fieldset') && !known.has(control.id))
    .map((control) => ({ id: control.id, text: w('form.unread', { field: nameOf(control) }) }))
