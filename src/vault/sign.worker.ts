import { signText } from './sign-text.ts'

/** First the key, then any number of batches, each with the port to answer on. */
export type ToSign = { readonly secret: CryptoKey } | { readonly texts: readonly string[]; readonly port: MessagePort }

let secret: CryptoKey

self.addEventListener('message', ({ data }: MessageEvent<ToSign>) => {
  if ('secret' in data) {
    secret = data.secret
    return
  }
  const { texts, port } = data
  Promise.all(texts.map((text) => signText(secret, text))).then(
    (signatures) => port.postMessage(signatures),
    () => port.postMessage(null),
  )
})

// a key that cannot be read here is an event of this side alone: thrown, it reaches the page
self.addEventListener('messageerror', () => {
  throw new Error('no key came')
})
