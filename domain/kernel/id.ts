import { concatBytes, hmacSha256, sha256, toBase64Url, utf8ToBytes } from './bytes.ts'

declare const brand: unique symbol
type Id<Name extends string> = string & { readonly [brand]: Name }

/** 127 bits as 22 signs of base64url. Random unless derived; never carries a time (docs/security.md). */
export type RecordId = Id<'record'>
export type DeviceId = Id<'device'>
/** A member of staff: the id of their public `staff` record. */
export type StaffId = RecordId

const idBytes = 16
const idPattern = /^[A-Za-z0-9_-]{21}[AQgw]$/

export const isId = (text: unknown): text is RecordId & DeviceId => typeof text === 'string' && idPattern.test(text)

export type RandomBytes = (length: number) => Uint8Array

/** Its first bit is nought, so that it begins with a letter: a spreadsheet takes "-…" for a formula, a command for an option. */
const cut = <T extends RecordId | DeviceId = RecordId>(bytes: Uint8Array): T => {
  const id = bytes.slice(0, idBytes)
  id[0]! &= 0x7f
  return toBase64Url(id) as T
}

export const newId = <T extends RecordId | DeviceId>(random: RandomBytes): T => cut<T>(random(idBytes))

/** The record that two tablets must both mean without speaking: the same parts give the same id. */
export const derivedId = (purpose: string, ...parts: readonly string[]): RecordId =>
  cut(sha256(utf8ToBytes(JSON.stringify([purpose, ...parts]))))

/** As `derivedId`, under the province's key, so that an id does not reveal a student number to who guesses it. */
const keyedId = (provinceKey: Uint8Array, purpose: string, ...parts: readonly string[]): RecordId =>
  cut(hmacSha256(provinceKey, concatBytes(utf8ToBytes(JSON.stringify([purpose, ...parts])))))

export const attendanceId = (session: RecordId, person: RecordId): RecordId => derivedId('attendance', session, person)

/** People met twice by import are one person: same school, same student number (normalised by the reader). */
export const studentId = (provinceKey: Uint8Array, school: RecordId, number: string): RecordId =>
  keyedId(provinceKey, 'person', school, number)

export const codeListId = (name: string): RecordId => derivedId('code-list', name)
