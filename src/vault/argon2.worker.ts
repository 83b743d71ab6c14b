import { argon2id } from 'hash-wasm'

/** The one place where WebAssembly runs: the response of this worker alone allows it (docs/security.md). */
export interface Argon2Request {
  readonly passphrase: string
  readonly salt: Uint8Array<ArrayBuffer>
  readonly memoryKiB: number
  readonly iterations: number
}

self.addEventListener('message', async (event: MessageEvent<Argon2Request>) => {
  const { passphrase, salt, memoryKiB, iterations } = event.data
  try {
    const key = await argon2id({
      password: passphrase,
      salt,
      memorySize: memoryKiB,
      iterations,
      parallelism: 1,
      hashLength: 32,
      outputType: 'binary',
    })
    self.postMessage({ key })
  } catch (error) {
    self.postMessage({ problem: error instanceof Error ? error.name : 'unknown' })
  }
})
