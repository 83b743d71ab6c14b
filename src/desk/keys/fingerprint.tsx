import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { fingerprint } from '#src/vault/desk-trust.ts'
import { w } from '../words.ts'

/** Eight groups that two people read to each other before one admits the other. */
export const Fingerprint = (props: { of: string }) => {
  const print = useSignal('')
  useEffect(() => {
    void fingerprint(props.of).then((text) => {
      print.value = text
    })
  }, [props.of])
  return (
    <p class="fingerprint">
      <span class="visually-hidden">{w('keys.fingerprint')} </span>
      {print.value}
    </p>
  )
}
