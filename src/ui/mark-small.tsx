import { smallMark } from './node-paths.ts'

/** The mark as three plain silhouettes, for tab bars and buttons. `width` in px. */
export function MarkSmall({ width = 52 }: { width?: number }) {
  return (
    <svg class="mark-small" width={width} height={Math.round((width * 22) / 60)} viewBox="0 0 60 22" aria-hidden>
      <path d={smallMark} fill="currentColor" />
    </svg>
  )
}
