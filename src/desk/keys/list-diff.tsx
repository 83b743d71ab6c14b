import type { DeskList, DeskMember } from '#domain/complaint/desk-list.ts'
import { useApp } from '#src/session/context.ts'
import { w } from '../words.ts'
import { KeyPrint } from './key-print.tsx'

type Sealed = Pick<DeskList, 'keys' | 'recovery'>

/** What another list would alter, in words: nobody puts their name to numbers. */
export const ListDiff = ({ before, after }: { before: Sealed; after: Sealed }) => {
  const { names } = useApp()
  const has = (keys: readonly DeskMember[], one: DeskMember) =>
    keys.some((key) => key.recipient === one.recipient && key.signer === one.signer)
  const comes = after.keys.filter((one) => !has(before.keys, one))
  const leaves = before.keys.filter((one) => !after.keys.some(({ staff }) => staff === one.staff))
  return (
    <ul class="stack stack--tight">
      {comes.map((one) => (
        <li key={one.recipient}>
          <p class="strong">{w('keys.change.comes', { name: names.staffName(one.staff) })}</p>
          <p class="small muted">{w('keys.compare')}</p>
          <KeyPrint of={one} />
        </li>
      ))}
      {leaves.map((one) => (
        <li key={one.recipient}>
          <p class="strong">{w('keys.change.leaves', { name: names.staffName(one.staff) })}</p>
          <p class="small muted">{w('keys.removeText')}</p>
        </li>
      ))}
      {before.recovery !== after.recovery && (
        <li>
          <p class="strong">{w('keys.change.paper')}</p>
          <p class="small muted">{w('keys.change.paperText')}</p>
        </li>
      )}
    </ul>
  )
}
