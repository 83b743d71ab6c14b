import { Decrypter, Encrypter, generateIdentity, identityToRecipient } from 'age-encryption'
import { pad, unpad } from '#domain/complaint/padding.ts'
import { fromBase64Url, toBase64Url } from '#domain/kernel/bytes.ts'

/** Sealing is age (c2sp.org/age): what we write, the `age` program opens without ours. This module is loaded when first needed. */

/** Seals a text to every recipient; base64url of an age file over the padded text. */
export const seal = async (text: string, recipients: readonly string[]): Promise<string> => {
  const encrypter = new Encrypter()
  for (const recipient of recipients) encrypter.addRecipient(recipient)
  return toBase64Url(await encrypter.encrypt(pad(new TextEncoder().encode(text))))
}

/** Opens an envelope with a private key; null when it was not sealed to it, or was altered. */
export const open = async (envelope: string, identity: string): Promise<string | null> => {
  const bytes = fromBase64Url(envelope)
  if (!bytes) return null
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  try {
    const plain = unpad(await decrypter.decrypt(bytes))
    return plain && new TextDecoder().decode(plain)
  } catch {
    return null
  }
}

/** The public half that is sealed to. Throws when it is no private key. */
export const recipientOf = (identity: string): Promise<string> => identityToRecipient(identity)

export const newIdentity = async (): Promise<{ identity: string; recipient: string }> => {
  const identity = await generateIdentity()
  return { identity, recipient: await identityToRecipient(identity) }
}
