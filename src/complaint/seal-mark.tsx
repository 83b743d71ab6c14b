import { Icon } from '#src/ui/icon.tsx'
import { Mark } from '#src/ui/node.tsx'

const lobes = 22
const points = Array.from({ length: lobes * 2 }, (_, at) => {
  const angle = (at * Math.PI) / lobes
  const radius = at % 2 === 0 ? 49 : 45
  return [50 + radius * Math.sin(angle), 50 - radius * Math.cos(angle)] as const
})
const rim = `${points
  .map(([x, y], at) => {
    const [nx, ny] = points[(at + 1) % points.length]!
    return `${at === 0 ? `M${((points.at(-1)![0] + x) / 2).toFixed(1)} ${((points.at(-1)![1] + y) / 2).toFixed(1)}` : ''}Q${x.toFixed(1)} ${y.toFixed(1)} ${((x + nx) / 2).toFixed(1)} ${((y + ny) / 2).toFixed(1)}`
  })
  .join('')}Z`

/** The wax seal: the village and a tick. Says nothing to a screen reader; the words stand beneath. */
export const SealMark = () => (
  <span class="seal-mark">
    <svg viewBox="0 0 100 100" aria-hidden>
      <path d={rim} fill="currentColor" />
      <circle cx="50" cy="50" r="39" fill="none" stroke-width="1.2" class="seal-mark__ring" />
    </svg>
    <span class="seal-mark__inside">
      <Mark width={56} mono />
      <Icon name="check" size={24} />
    </span>
  </span>
)
