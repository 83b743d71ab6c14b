import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { type Point, points } from './named-points.ts'

// Preloaded before a program of the server: it dies at the point that POINT names, when it passes there for the POINT_AFTER-th time. The
// shipped files hold no switch for it: their text is altered while they are loaded.

const root = new URL('../../', import.meta.url).href
const point: Point | undefined = points.find(({ name }) => name === process.env.POINT)
if (!point) throw new Error(`POINT: there is no ${process.env.POINT}`)
let left = Number(process.env.POINT_AFTER ?? 1)

/** True from the time on at which the program is to die. */
const isTime = () => --left <= 0
const die = () => process.kill(process.pid, 'SIGKILL')
Object.assign(globalThis, { isTime, dieNow: die, dieInTime: () => isTime() && die() })

registerHooks({
  load(url, context, next) {
    if (url !== root + point.file) return next(url, context)
    const parts = readFileSync(fileURLToPath(url), 'utf8').split(point.find)
    if (parts.length !== 2) throw new Error(`${point.file} has ${parts.length - 1} times: ${point.find}`)
    return { format: 'module-typescript', source: parts.join(point.replace), shortCircuit: true }
  },
})
