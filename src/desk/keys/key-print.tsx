import type { DeskMember } from '#domain/complaint/desk-list.ts'
import { Fingerprint } from '#src/ui/fingerprint.tsx'
import { w } from '../words.ts'

/** The fingerprint of a member's key: of what is sealed to, and of what signs. */
export const KeyPrint = ({ of: { recipient, signer } }: { of: Pick<DeskMember, 'recipient' | 'signer'> }) => (
  <Fingerprint of={signer ? `${recipient}\n${signer}` : recipient} label={w('keys.fingerprint')} />
)
