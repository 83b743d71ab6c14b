// One process of `door.ts`: strangers, each from an address of its own, until it is told to end. A third sends whole bodies to where only tablets may
// send, a third trickles bodies that a sign-in would have, a third guesses; and one guesses at one officer without a pause. All come back at once
// when they are sent away, but for the pause that a slow line makes.
import { connect } from 'node:net'
import { setPriority } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { trySignIn, usernameOf } from './sign-ins.ts'

const [portText = '', countText = ''] = process.argv.slice(2)
const port = Number(portText)
const count = Number(countText)

// theirs would be other machines: they are to wait for the server's processors, not it for them
setPriority(19)

let isOver = false
process.once('message', () => {
  isOver = true
})
const address = (i: number) => `10.9.${i >> 8}.${i & 255}`

/** What was answered, by status; 0 where the line was cut. */
const answered: Record<number, number> = {}
const note = (status: number) => {
  answered[status] = (answered[status] ?? 0) + 1
}

/** Opens a line of its own, sends what it is given, and answers when the other side has ended it or nothing more is to come. */
const line = (i: number, path: string, bytes: number, chunks: AsyncIterable<Buffer>): Promise<void> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let heard = ''
    socket.on('data', (chunk) => {
      heard += chunk
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      note(Number(/^HTTP\/1\.1 (\d+)/.exec(heard)?.[1] ?? 0))
      resolve()
    })
    socket.on('connect', async () => {
      socket.write(
        `POST ${path} HTTP/1.1\r\nHost: here\r\nBowon-Request: 1\r\nX-Forwarded-For: ${address(i)}\r\nContent-Type: application/json\r\nContent-Length: ${bytes}\r\n\r\n`,
      )
      for await (const chunk of chunks) {
        if (isOver || socket.destroyed || heard !== '') break
        if (!socket.write(chunk)) await new Promise((done) => socket.once('drain', done).once('close', done))
      }
      socket.end()
      socket.destroySoon()
    })
  })

const blank = Buffer.alloc(64_000, 0x20)
async function* whole(bytes: number) {
  for (let sent = 0; sent < bytes; sent += blank.length) yield blank
}
async function* trickling(bytes: number) {
  for (let sent = 0; sent < bytes; sent += 20_000) {
    yield blank.subarray(0, 20_000)
    await pause(1000)
  }
}

const strangers = Array.from({ length: count }, async (_, i) => {
  await pause(Math.random() * 1000)
  while (!isOver) {
    if (i % 3 === 0) await line(i, i % 2 ? '/api/sync' : '/api/courier', 1_400_000, whole(1_400_000))
    else if (i % 3 === 1) await line(i, '/api/sign-in', 1_300_000, trickling(1_300_000))
    else await guess(i, i % 2 ? usernameOf(i % 20) : `visitor${i}-${Date.now()}`)
    await pause(1000)
  }
})
const guess = async (i: number, username: string) => {
  const done = await trySignIn(port, { username, password: `เดาครั้งที่ ${Date.now()}` }, { address: address(i) }).catch(
    () => null,
  )
  note(done?.status ?? 0)
}
const relentless = (async () => {
  while (!isOver) await guess(60_000, usernameOf(0))
})()

await Promise.all([...strangers, relentless])
process.send!(answered)
process.disconnect()
