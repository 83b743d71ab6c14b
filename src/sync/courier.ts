import { withProof } from '#domain/authority/line-proof.ts'
import { type Bundle, bundleText, cutBundles, deliveryAnswer, deliveryText } from '#domain/bundle.ts'
import { bytesToHex, fromBase64Url, sha256, utf8ToBytes } from '#domain/kernel/bytes.ts'
import type { FailureCode } from '#domain/kernel/failure.ts'
import type { Head } from '#domain/protocol.ts'
import type { Identity } from '#src/store/identity-types.ts'
import { senderOf } from '#src/store/own-devices.ts'
import type { Store } from '#src/store/store.ts'
import type { StorePorts, Unsent } from '#src/store/types.ts'
import type { Reply, Transport } from './transport.ts'

/**
 * The other way to the server: changes that are sealed on this tablet and brought by somebody else, and such files of others that this tablet
 * carries without being able to read them. They lie with the drafts, each under the hash of its sealed text.
 */
type Lane = Pick<Store, 'draft' | 'draftKeys'>

interface Kept {
  readonly sealed: string
  readonly keptAt: number
  /** Why the server would not have it. */
  readonly refused?: FailureCode
}

/** A file of somebody else's that this tablet carries. */
export interface CarriedFile extends Omit<Kept, 'sealed'> {
  readonly key: string
  /** Bytes. */
  readonly size: number
}

const prefix = 'courier:'
const hashOf = (sealed: string): string => bytesToHex(sha256(utf8ToBytes(sealed)))
const fileOf = (store: Lane, key: string) => store.draft<Kept>(key)
const keysOf = async (store: Lane) => (await store.draftKeys()).filter((key) => key.startsWith(prefix))

/** Unsent changes as bundles, by the device under which each belongs in the log. `left` are those whose device is not registered yet. */
export const bundlesOf = (
  identity: Identity,
  changes: readonly Unsent[],
  head: Head | null,
): { readonly bundles: readonly Bundle[]; readonly left: number } => {
  const province = identity.province?.id
  const lines = new Map<string, { credential: string; lines: string[] }>()
  let left = 0
  for (const { n, line, proof } of changes) {
    const { device, credential } = senderOf(identity, n)
    if (!credential || !province) {
      left++
      continue
    }
    const own = lines.get(device) ?? { credential, lines: [] }
    own.lines.push(withProof(line, proof))
    lines.set(device, own)
  }
  const bundles = [...lines].flatMap(([device, own]) =>
    cutBundles(own.lines, (line) => utf8ToBytes(line).length).map((some) => ({
      province: province!,
      device,
      credential: own.credential,
      ...(head && { head }),
      lines: some,
    })),
  )
  return { bundles, left }
}

/** Seals bundles to the server's key. */
export const sealBundles = (
  bundles: readonly Bundle[],
  recipient: string,
  seal: (text: string, recipients: readonly string[]) => Promise<string>,
): Promise<readonly string[]> => Promise.all(bundles.map((bundle) => seal(bundleText(bundle), [recipient])))

/** Takes a sealed bundle along; the same one twice is one. */
export const takeAlong = async (store: Lane, sealed: string, now: number): Promise<void> =>
  fileOf(store, prefix + hashOf(sealed)).keep({ sealed, keptAt: now })

/** What this tablet carries for others, the oldest first. */
export const carriedFiles = async (store: Lane): Promise<readonly CarriedFile[]> => {
  const files: CarriedFile[] = []
  for (const key of await keysOf(store)) {
    const kept = await fileOf(store, key).load()
    if (!kept) continue
    const { sealed, ...rest } = kept
    files.push({ ...rest, key, size: sealed.length })
  }
  return files.sort((a, b) => a.keptAt - b.keptAt)
}

export const leaveBehind = (store: Lane, key: string): Promise<void> => fileOf(store, key).discard()

export interface CarryPorts {
  readonly store: Lane
  readonly courier: Transport
  readonly verify: StorePorts['verify']
  identity(): Identity
}

/**
 * Brings to the server what this tablet carries. It lets go of a file only with the server's signed word for exactly these bytes; what the server
 * cannot open stays, marked, until a person decides. Stops at the first that does not get through.
 */
export const carry = async ({ store, courier, verify, identity }: CarryPorts): Promise<number> => {
  let brought = 0
  // in the order in which they were taken along, which is that of the changes in them
  for (const { key } of await carriedFiles(store)) {
    const { device, credential } = identity()
    const kept = await fileOf(store, key).load()
    if (!kept || kept.refused || !credential) continue
    const reply = await courier.exchange(kept.sealed, `Device ${device}.${credential}`)
    if (reply && (await isDelivered(reply, kept.sealed, identity(), verify))) {
      await leaveBehind(store, key)
      brought++
    } else if (reply && codeIn(reply) === 'unreadable-bundle') {
      await fileOf(store, key).keep({ ...kept, refused: 'unreadable-bundle' })
    } else break
  }
  return brought
}

const isDelivered = async (
  { status, text }: Reply,
  sealed: string,
  { province, receiptKeys }: Identity,
  verify: StorePorts['verify'],
): Promise<boolean> => {
  const answer = status === 200 ? deliveryAnswer.safeParse(parsed(text)) : null
  if (!answer?.success) return false
  const { delivery, signature } = answer.data
  if (delivery.bundle !== hashOf(sealed) || delivery.province !== province?.id) return false
  const key = receiptKeys.find(({ id }) => id === delivery.key)
  const [publicKey, signed] = [key && fromBase64Url(key.public), fromBase64Url(signature)]
  return !!publicKey && !!signed && verify(publicKey, signed, utf8ToBytes(deliveryText(delivery)))
}

const codeIn = ({ text }: Reply): string | undefined =>
  (parsed(text) as { failure?: { code?: string } } | null)?.failure?.code

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
