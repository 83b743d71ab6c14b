import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { DeskMember } from '#domain/complaint/desk-list.ts'
import { fingerprint } from '#src/vault/desk-trust.ts'
import { w } from '../words.ts'

/** Eight groups that two people read to each other before one admits the other: of what is sealed to, and of what signs. */
export const Fingerprint = ({ of: { recipient, signer } }: { of: Pick<DeskMember, 'recipient' | 'signer'> }) => (
  <Print text={signer ? `${recipient}\n${signer}` : recipient} label={w('keys.fingerprint')} />
)

export const Print = ({ text, label }: { text: string; label?: string }) => {
  const print = useSignal('')
  useEffect(() => {
    void fingerprint(text).then((groups) => {
      print.value = groups
    })
  }, [text])
  return (
    <p class="fingerprint">
      {label && <span class="visually-hidden">{label} </span>}
      {print.value}
    </p>
  )
}
