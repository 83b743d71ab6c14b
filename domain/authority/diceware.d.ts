/** 7,776 short English words (the list of the Electronic Frontier Foundation); the package types its whole only. */
declare module '@zxcvbn-ts/language-common/dist/diceware.json.mjs' {
  const words: readonly string[]
  export default words
}
