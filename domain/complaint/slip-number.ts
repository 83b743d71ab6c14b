/** No 0/O/1/I/L: what is read out over a telephone or copied by hand. */
const signs = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const length = 12

/** A slip number from random bytes (59 bits); bytes that would favour some signs are passed over. `more` gives the next bytes. */
export const slipNumber = (random: (length: number) => Uint8Array): string => {
  let number = ''
  while (number.length < length) {
    for (const byte of random(length)) {
      if (byte < signs.length * 8 && number.length < length) number += signs[byte % signs.length]
    }
  }
  return number
}

/** In three groups: `ABCD-EFGH-JKMN`. */
export const groupedNumber = (number: string): string => number.match(/.{1,4}/g)?.join('-') ?? ''
