import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { chromiumPath, killBrowser, quiet } from './browser.ts'

/** A page that nobody tells that it is looked at. */
export interface UnwatchedPage {
  evaluate<T, A = undefined>(work: (argument: A) => T, argument?: A): Promise<T>
  /** Until a selector fits something. */
  waitFor(selector: string): Promise<void>
  click(selector: string): Promise<void>
  fill(selector: string, text: string): Promise<void>
  /** Another tab comes to the front; `look` brings this one back. */
  hide(): Promise<void>
  look(): Promise<void>
  close(): Promise<void>
}

/**
 * Chromium on a profile, driven by hand: Playwright keeps every page visible and focused whatever lies over it, so that none is ever hidden there.
 */
export const openUnwatched = async (
  profile: string,
  url: string,
  more: readonly string[] = [],
): Promise<UnwatchedPage> => {
  const portFile = join(profile, 'DevToolsActivePort')
  rmSync(portFile, { force: true })
  const flags = ['--headless', '--lang=th-TH', '--remote-debugging-port=0', `--user-data-dir=${profile}`]
  spawn(chromiumPath, [...quiet, ...flags, ...more, 'about:blank'], { stdio: 'ignore' })
  await expect.poll(() => linesOf(portFile).length, { timeout: 30_000 }).toBeGreaterThan(1)
  const [port, path] = linesOf(portFile)
  const { send, close } = await connect(`ws://127.0.0.1:${port}${path}`)
  const { targetId } = await send<{ targetId: string }>('Target.createTarget', { url })
  const { sessionId } = await send<{ sessionId: string }>('Target.attachToTarget', { targetId, flatten: true })

  const evaluate: UnwatchedPage['evaluate'] = async (work, argument) => {
    const expression = `(${work})(${JSON.stringify(argument)})`
    const { result, exceptionDetails } = await send<Evaluated>(
      'Runtime.evaluate',
      { expression, awaitPromise: true, returnByValue: true },
      sessionId,
    )
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value as never
  }
  const waitFor = async (selector: string) => {
    const there = () => evaluate((wanted: string) => document.querySelector(wanted) !== null, selector)
    await expect.poll(there, { timeout: 60_000, message: selector }).toBe(true)
  }
  return {
    evaluate,
    waitFor,
    async click(selector) {
      await waitFor(selector)
      await evaluate((wanted: string) => document.querySelector<HTMLElement>(wanted)!.click(), selector)
    },
    async fill(selector, text) {
      await waitFor(selector)
      const typed = (at: { selector: string; text: string }) => {
        const field = document.querySelector<HTMLInputElement | HTMLTextAreaElement>(at.selector)!
        field.focus()
        document.execCommand('insertText', false, at.text)
      }
      await evaluate(typed, { selector, text })
    },
    async hide() {
      await send('Target.createTarget', { url: 'about:blank' })
      await expect.poll(() => evaluate(() => document.visibilityState), { timeout: 30_000 }).toBe('hidden')
    },
    async look() {
      await send('Target.activateTarget', { targetId })
      await expect.poll(() => evaluate(() => document.visibilityState), { timeout: 30_000 }).toBe('visible')
    },
    async close() {
      close()
      await killBrowser(profile)
    },
  }
}

interface Evaluated {
  readonly result: { readonly value: unknown }
  readonly exceptionDetails?: { readonly text: string; readonly exception?: { readonly description?: string } }
}

interface Answer {
  readonly id?: number
  readonly result?: unknown
  readonly error?: { readonly message: string }
}

const linesOf = (file: string): string[] => {
  try {
    return readFileSync(file, 'utf8').split('\n')
  } catch {
    return []
  }
}

const connect = async (url: string) => {
  const socket = new WebSocket(url)
  await new Promise((resolve, reject) => {
    socket.onopen = resolve
    socket.onerror = reject
  })
  const waiting = new Map<number, (answer: Answer) => void>()
  socket.onmessage = ({ data }: MessageEvent<string>) => {
    const answer = JSON.parse(data) as Answer
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer)
  }
  let last = 0
  return {
    send: <T>(method: string, params: object, sessionId?: string): Promise<T> =>
      new Promise((resolve, reject) => {
        const id = ++last
        waiting.set(id, ({ result, error }) => {
          waiting.delete(id)
          if (error) reject(new Error(`${method}: ${error.message}`))
          else resolve(result as T)
        })
        socket.send(JSON.stringify({ id, method, params, sessionId }))
      }),
    close: () => socket.close(),
  }
}
