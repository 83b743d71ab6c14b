import { createHash, timingSafeEqual } from 'node:crypto'
import { toBase64Url } from '#domain/kernel/bytes.ts'
import type { RandomBytes } from '#domain/kernel/id.ts'

/** 256 random bits as text: a session's token, a device's credential. */
export const newSecret = (random: RandomBytes): string => toBase64Url(random(32))

/** What is stored of a secret. It has 256 bits, so a plain hash is enough. */
export const hashOfSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** Compares without telling by its time how much was right. */
export const sameText = (a: string, b: string): boolean =>
  timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest())
