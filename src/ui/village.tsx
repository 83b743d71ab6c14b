import { nodePaths } from './node-paths.ts'
import './village.css'

/** The village before the ridges of the north: the only illustration, for empty states. Says nothing to a screen reader. */
export function Village() {
  return (
    <svg class="village" viewBox="0 0 560 230" aria-hidden>
      <path
        class="village__ridge"
        d="M8 160 80 106 128 130 208 54Q218 45 228 54L288 101 334 82 406 26Q416 17 426 26L488 85 552 112"
        fill="none"
        stroke-width="2.6"
      />
      {(['home', 'temple', 'school'] as const).map((part, at) => (
        <g
          key={part}
          transform={`translate(${[118, 229, 363][at]} ${[119, 107, 127][at]}) scale(${[2.74, 3.25, 2.42][at]})`}
        >
          <path d={nodePaths[part].stroke} fill="none" stroke="currentColor" stroke-width={nodePaths[part].width} />
          <path d={nodePaths[part].fill} fill="currentColor" fill-rule="evenodd" />
        </g>
      ))}
      <path d="M13 207H547" stroke="currentColor" stroke-width="3" />
      <path d="M32 221H94M123 221H147M400 221H480M501 221H514" stroke="currentColor" stroke-width="2.4" />
    </svg>
  )
}
