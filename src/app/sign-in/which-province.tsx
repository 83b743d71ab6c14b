import { useApp } from '#src/session/context.ts'
import { ConfirmDialog } from '#src/ui/confirm-dialog.tsx'
import { w } from '../account-words.ts'

/** The server that was asked is another province's: nothing of it is taken in before a person has said so (A10). */
export const WhichProvince = ({ onMove, onStay }: { onMove: (province: string) => void; onStay: () => void }) => {
  const { people } = useApp().store
  const there = people.untaken.value
  const here = people.identity.value.province?.name ?? ''
  if (!there) return null
  const names = { here, there: there.name }
  return (
    <ConfirmDialog
      open
      danger
      title={w('whichProvince.title')}
      confirm={w('whichProvince.move', names)}
      cancel={w('whichProvince.stay', names)}
      onConfirm={() => onMove(there.id)}
      onClose={onStay}
    >
      <p>{w('whichProvince.text', names)}</p>
    </ConfirmDialog>
  )
}
