import { readPart, type SealedPart } from '#domain/complaint/content.ts'

/** A part of a complaint after somebody tried to open it, and what was tried: a colleague may seal the part again. */
export type OpenedPart =
  | {
      readonly key: string
      readonly state: 'open'
      readonly part: SealedPart
      readonly envelope: string | null | undefined
    }
  | {
      readonly key: string
      readonly state: 'not-for-you' | 'damaged' | 'other-record'
      readonly envelope: string | null | undefined
    }

type Envelopes = Readonly<Record<string, { readonly envelope?: string | null }>>

/** Opens every part of one complaint. Each is shown only when it was made for exactly this place. */
export const openParts = async (
  open: (envelope: string, identity: string) => Promise<string | null>,
  record: string,
  envelopes: Envelopes,
  identity: string,
): Promise<readonly OpenedPart[]> => {
  const parts = await Promise.all(
    Object.entries(envelopes).map(async ([key, { envelope }]): Promise<OpenedPart> => {
      const text = envelope ? await open(envelope, identity) : null
      if (text === null) return { key, state: 'not-for-you', envelope }
      const part = readPart(text, record, key)
      return typeof part === 'string' ? { key, state: part, envelope } : { key, state: 'open', part, envelope }
    }),
  )
  return parts.sort((a, b) => takenAt(a) - takenAt(b))
}

const takenAt = (one: OpenedPart) => (one.state === 'open' ? one.part.takenAt : Number.MAX_SAFE_INTEGER)

/** What is known of an opened complaint: the newest answer that was given in any part. */
export const summaryOf = (parts: readonly OpenedPart[]) => {
  const told = parts.flatMap((one) => (one.state === 'open' ? [one.part] : []))
  const latest = (name: 'category' | 'district' | 'where' | 'safety') =>
    told.map((part) => part.answers[name]).findLast((answer) => answer !== undefined)
  return {
    readable: told.length > 0,
    problem: parts.some((one) => one.state === 'damaged' || one.state === 'other-record'),
    category: latest('category'),
    district: latest('district'),
    where: latest('where'),
    /** Every category that was named in any part; null while a part may name another that this key cannot read. */
    categories:
      told.length === 0 || parts.some((one) => one.state === 'not-for-you')
        ? null
        : told.flatMap((part) => part.answers.category ?? []),
    inDanger: told.some((part) => part.answers.safety === 'unsafe'),
    numbers: told.map((part) => part.number),
    words: told.flatMap((part) => Object.values(part.answers).filter((answer) => typeof answer === 'string')),
  }
}

export type Summary = ReturnType<typeof summaryOf>
