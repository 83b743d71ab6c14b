import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { PaperKey } from '#src/vault/desk-keys.ts'
import { RecoverySheet } from './recovery-sheet.tsx'

/** Another key for the paper, on its sheet. It counts once it stands in a list. */
export const NewPaper = (props: { onReady: (paper: Omit<PaperKey, 'secret'>) => void; onCancel: () => void }) => {
  const paper = useSignal<PaperKey | null>(null)
  useEffect(() => {
    void import('#src/vault/desk-keys.ts')
      .then(({ newPaper }) => newPaper())
      .then((made) => {
        paper.value = made
      })
  }, [])
  if (!paper.value) return null
  const { secret, ...halves } = paper.value
  return (
    <RecoverySheet
      recovery={secret}
      pending={false}
      onConfirm={() => props.onReady(halves)}
      onCancel={props.onCancel}
    />
  )
}
