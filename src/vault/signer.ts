import { workerUrl } from '#src/store/trusted.ts'
import type { Signer } from './keyring.ts'
import type { ToSign } from './sign.worker.ts'
import signWorker from './sign.worker.ts?worker&url'
import { signText } from './sign-text.ts'

type Signatures = Promise<readonly string[] | null>

/** From so many on, the way to the worker and back costs less than they would here. */
const manyTexts = 16
/** Milliseconds after which a worker that says nothing has died without a word. */
const patience = 10_000

/**
 * Signs with one key. What is asked for in one go is signed together: a few here, many in a worker, because Chromium signs on the thread that
 * asks, and 300 would hold up the page. A browser that cannot hand the key to a worker signs all of them here.
 */
export const createSigner = (secret: CryptoKey): Signer => {
  const aside = startAside(secret)
  let close = () => {}
  const closed = new Promise<null>((resolve) => {
    close = () => {
      aside?.close()
      resolve(null)
    }
  })
  const signAll = async (texts: readonly string[]) =>
    (texts.length < manyTexts ? null : await aside?.sign(texts)) ??
    Promise.all(texts.map((text) => signText(secret, text)))
  let batch: { readonly texts: string[]; readonly signatures: Signatures } | null = null
  const beginBatch = () => {
    const texts: string[] = []
    const signatures = Promise.resolve().then(() => {
      batch = null
      return Promise.race([closed, signAll(texts)])
    })
    return { texts, signatures }
  }
  return {
    async sign(text) {
      batch ??= beginBatch()
      const at = batch.texts.push(text) - 1
      return (await batch.signatures)?.[at] ?? null
    },
    close,
  }
}

/** A worker that has the key until it is closed; null where a key cannot be handed on. */
const startAside = (secret: CryptoKey) => {
  const worker = new Worker(workerUrl(signWorker), { type: 'module', name: 'sign' })
  const tell = (message: ToSign, ports: MessagePort[] = []) => worker.postMessage(message, ports)
  const failed = new Promise<null>((resolve) => worker.addEventListener('error', () => resolve(null)))
  try {
    tell({ secret })
  } catch {
    worker.terminate()
    return null
  }
  return {
    sign(texts: readonly string[]): Signatures {
      const { port1, port2 } = new MessageChannel()
      const answered = new Promise<readonly string[] | null>((resolve) => {
        port1.onmessage = ({ data }) => {
          port1.close()
          resolve(data)
        }
      })
      const silent = new Promise<null>((resolve) => setTimeout(() => resolve(null), patience))
      tell({ texts, port: port2 }, [port2])
      return Promise.race([failed, answered, silent])
    },
    close: () => worker.terminate(),
  }
}
