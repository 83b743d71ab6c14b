import { generateWords } from '#domain/authority/generated-words.ts'

/** A password of 64 bits that can be read off paper and typed. */
export const fiveWords = (): string =>
  generateWords((length) => crypto.getRandomValues(new Uint8Array(length)), 5).join('-')
