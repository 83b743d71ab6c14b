import { useSignal } from '@preact/signals'
import type { DeskList } from '#domain/complaint/desk-list.ts'
import { PassphraseField } from '../passphrase-field.tsx'
import { w } from '../words.ts'

/** As many signs as a private key has. */
const whole = 74

/** Takes the key on paper for one signature. It stays in this field's memory; null until it is the list's. */
export const PaperField = (props: { list: DeskList; onPaper: (secret: string | null) => void }) => {
  const typed = useSignal('')
  const wrong = useSignal(false)
  const take = async (text: string) => {
    typed.value = text
    const { readPaper } = await import('#src/vault/desk-keys.ts')
    const secret = await readPaper(props.list, text)
    if (typed.value !== text) return
    wrong.value = secret === null && text.replace(/\s/g, '').length >= whole
    props.onPaper(secret)
  }
  return (
    <PassphraseField
      id="paper-key"
      label={w('keys.paper.type')}
      hint={w('keys.paper.typeHint')}
      value={typed.value}
      error={wrong.value ? w('keys.paper.notThis') : undefined}
      onInput={(text) => void take(text)}
    />
  )
}
