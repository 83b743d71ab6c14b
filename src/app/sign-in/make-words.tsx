import { useSignal } from '@preact/signals'
import { Button } from '#src/ui/button.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { w } from '../account-words.ts'

/** Five words that nobody has chosen are guessed by nobody. They are shown, to be written down. */
export const MakeWords = ({ onMade }: { onMade: (words: string) => void }) => {
  const made = useSignal('')
  const make = async () => {
    const { fiveWords } = await import('./five-words.ts')
    made.value = fiveWords()
    onMade(made.value)
  }
  return (
    <div class="stack stack--tight">
      {made.value !== '' && (
        <Notice icon="key" title={w('password.made')}>
          <p>
            <b>{made.value}</b>
          </p>
        </Notice>
      )}
      <Button variant="line" size="small" icon="refresh" onClick={() => void make()}>
        {w('password.make')}
      </Button>
    </div>
  )
}
