import * as z from 'zod/mini'
import { canonicalJson, type Json } from '#domain/kernel/bytes.ts'
import { isId } from '#domain/kernel/id.ts'
import { type Head, headSchema } from './protocol.ts'

/**
 * Changes of one device that travel otherwise than by its own exchange: in a rescue file, or with a colleague's tablet. Sealed to the
 * server (age), so that whoever carries it reads nothing and alters nothing; the device's own credential is inside the seal, so that
 * nobody else can make one. Lines of text: this head, then the changes exactly as journalled.
 */
const bundleHead = z.object({
  'bowon-bundle': z.literal(1),
  province: z.string().check(z.refine(isId)),
  device: z.string().check(z.refine(isId)),
  credential: z.string().check(z.maxLength(200)),
  /** The newest receipt's head; programs of before leave it out, and pass over it. */
  head: z.optional(headSchema),
})

export interface Bundle {
  readonly province: string
  readonly device: string
  readonly credential: string
  /** What the tablet had heard when it was made: bases in it count no further, without it not at all. */
  readonly head?: Head | undefined
  readonly lines: readonly string[]
}

/** What is sealed. */
export const bundleText = ({ province, device, credential, head, lines }: Bundle): string =>
  [JSON.stringify({ 'bowon-bundle': 1, province, device, credential, ...(head && { head }) }), ...lines].join('\n')

/** The inverse; null when it is no bundle. */
export const readBundle = (text: string): Bundle | null => {
  const [first, ...lines] = text.split('\n')
  try {
    const head = bundleHead.safeParse(JSON.parse(first!))
    return head.success ? { ...head.data, lines } : null
  } catch {
    return null
  }
}

/** Bytes of lines in one bundle: its sealed text fits into one request and into one file of a tablet. */
const bundleBytes = 600_000

/** Cuts lines into bundles, in their order; a line that is larger than a bundle has one of its own. */
export const cutBundles = (
  lines: readonly string[],
  sizeOf: (line: string) => number,
): readonly (readonly string[])[] => {
  const cut: string[][] = []
  let room = 0
  for (const line of lines) {
    room -= sizeOf(line) + 1
    if (cut.length === 0 || room < 0) {
      cut.push([])
      room = bundleBytes - sizeOf(line) - 1
    }
    cut.at(-1)!.push(line)
  }
  return cut
}

const fileHead = 'bowon-sealed 1'

/** Sealed bundles as one file of text: a line that says what it is, then each as base64url of its age file. */
export const sealedFile = (sealed: readonly string[]): string => `${[fileHead, ...sealed].join('\n')}\n`

/** The sealed bundles of a file; null when it is another file, or cut. */
export const readSealedFile = (text: string): readonly string[] | null => {
  const [head, ...rest] = text.split(/\r?\n/)
  if (head !== fileHead || rest.pop() !== '' || rest.length === 0) return null
  return rest.every((line) => line.startsWith(ageBegins) && /^[A-Za-z0-9_-]+$/.test(line)) ? rest : null
}

/** "age-encryption.org/v1" in base64url. */
const ageBegins = 'YWdlLWVuY3J5cHRpb24ub3JnL3Yx'

/** The server's signed word that it has opened a bundle and holds what was in it: only then may who carried it let go of it. */
export interface Delivery {
  /** Fingerprint of the receipt key that signed. */
  readonly key: string
  readonly province: string
  /** SHA-256 (hex) of the sealed text. */
  readonly bundle: string
  /** The server's time, in milliseconds. */
  readonly time: number
}

export const deliveryText = (delivery: Delivery): string =>
  `bowon delivery 1\n${canonicalJson(delivery as unknown as Json)}`

const whole = z.int().check(z.minimum(0))

export const deliveryAnswer = z.object({
  delivery: z.object({ key: z.string(), province: z.string(), bundle: z.string(), time: whole }),
  signature: z.string(),
  accepted: whole,
  already: whole,
  held: whole,
})
export type DeliveryAnswer = z.infer<typeof deliveryAnswer>
