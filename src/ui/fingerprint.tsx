import { fingerprint } from '#domain/kernel/fingerprint.ts'
import './fingerprint.css'

/** Groups that two people read to each other. `label` is for who hears the page. */
export const Fingerprint = ({ of, label }: { of: string; label?: string }) => (
  <p class="fingerprint">
    {label && <span class="visually-hidden">{label} </span>}
    {fingerprint(of)}
  </p>
)
