/** What was looked at, and how it is. `note` is neither good nor bad: something that could not be looked at. */
export interface Finding {
  readonly is: 'good' | 'bad' | 'note'
  readonly text: string
}

export const good = (text: string): Finding => ({ is: 'good', text })
export const bad = (text: string): Finding => ({ is: 'bad', text })
export const note = (text: string): Finding => ({ is: 'note', text })

/** One line for the operator's console. */
export const lineOf = ({ is, text }: Finding): string => `${{ good: 'ok  ', bad: 'FAIL', note: '-   ' }[is]} ${text}`
