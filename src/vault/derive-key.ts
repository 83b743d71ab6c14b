import { workerUrl } from '#src/store/trusted.ts'
import argon2Worker from './argon2.worker.ts?worker&url'
import type { DeriveKey } from './wrap.ts'

type Reply = { readonly key: Uint8Array<ArrayBuffer> } | { readonly problem: string }

/** Argon2id in a worker of its own, which ends with the work, so that nothing of the passphrase stays in its memory. */
export const deriveKey: DeriveKey = (request) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(workerUrl(argon2Worker), { type: 'module', name: 'argon2' })
    const done = (finish: () => void) => {
      worker.terminate()
      finish()
    }
    worker.addEventListener('message', ({ data }: MessageEvent<Reply>) =>
      done(() => ('key' in data ? resolve(data.key) : reject(new Error(data.problem)))),
    )
    worker.addEventListener('error', () => done(() => reject(new Error('argon2-stopped'))))
    worker.postMessage(request)
  })
