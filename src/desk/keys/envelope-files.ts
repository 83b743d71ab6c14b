import { strToU8, type Zippable, zipSync } from 'fflate'
import { fromBase64Url } from '#domain/kernel/bytes.ts'
import type { ComplaintView } from '../opening.ts'
import type { CaseView } from '../rows.ts'

export interface EnvelopeFiles {
  readonly zip: Uint8Array<ArrayBuffer>
  readonly count: number
}

/** Every envelope and every note as an age file of its own, as they are sealed: nothing is opened. */
export const envelopeFiles = (
  complaints: readonly ComplaintView[],
  cases: readonly CaseView[],
  readme: string,
): EnvelopeFiles => {
  const files: Zippable = {}
  const add = (name: string, envelope: string | null | undefined) => {
    const bytes = envelope ? fromBase64Url(envelope) : null
    if (bytes) files[`${name}.age`] = bytes
  }
  for (const { id, values } of complaints)
    for (const [key, { envelope }] of Object.entries(values.parts ?? {})) add(`${id}-${key}`, envelope)
  for (const { values } of cases)
    for (const [key, { sealed }] of Object.entries(values.notes ?? {})) add(`${values.complaint}-note-${key}`, sealed)
  const count = Object.keys(files).length
  // ciphertext does not shrink
  const zip = zipSync({ ...files, 'README.txt': strToU8(`${readme}\n`) }, { level: 0 })
  return { zip: zip as Uint8Array<ArrayBuffer>, count }
}
