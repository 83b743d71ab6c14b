import { toBase64Url } from '#domain/kernel/bytes.ts'
import { newId, type RecordId } from '#domain/kernel/id.ts'

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))

export const newRecordId = (): RecordId => newId<RecordId>(random)

/** 72 bits: enough among the marks of one person, short on the wire. */
export const newMarkId = (): string => toBase64Url(random(9))
