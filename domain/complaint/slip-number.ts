/** No 0/O/1/I/L: what is read out over a telephone or copied by hand. */
const signs = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const length = 4

/**
 * A slip number from random bytes. It finds a complaint among those that the desk has opened, and proves nothing: several may have the same.
 * Bytes that would favour some signs are passed over.
 */
export const slipNumber = (random: (length: number) => Uint8Array): string => {
  let number = ''
  while (number.length < length) {
    for (const byte of random(length)) {
      if (byte < signs.length * 8 && number.length < length) number += signs[byte % signs.length]
    }
  }
  return number
}

/** As it is read: four signs at once. Slips of the first programs have twelve, `ABCD-EFGH-JKMN`. */
export const groupedNumber = (number: string): string => number.match(/.{1,4}/g)?.join('-') ?? ''

/** Whether somebody who types this asks for that slip: all of a number, or at least a group of one of twelve signs. */
export const isAskedFor = (number: string, typed: string): boolean => {
  const asked = typed.toUpperCase().replace(/[^A-Z0-9]/g, '')
  return asked.length >= length && number.includes(asked)
}
