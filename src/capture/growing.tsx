import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'

/** More than a screen and the margin below it, so that what is drawn at once is no more than what may be looked at. */
const first = 30
const step = 60

/**
 * Draws the first items of a long list and more as the reader comes near the end; `subject` starts it over. `more` is asked for where
 * these items are not all there are.
 */
export const Growing = <T,>(props: {
  items: readonly T[]
  subject: string
  more?: (() => void) | undefined
  children: (shown: readonly T[]) => ComponentChildren
}) => {
  const { items, subject } = props
  const [grown, setGrown] = useState({ subject, size: first })
  const size = grown.subject === subject ? grown.size : first
  const onNear = items.length > size ? () => setGrown({ subject, size: size + step }) : props.more
  return (
    <>
      {props.children(items.slice(0, size))}
      {onNear && <NearEnd of={`${subject} ${size} ${items.length}`} onNear={onNear} />}
    </>
  )
}

/** Stands at the end of a list, and tells once when the reader comes near; `of` says what ends here, and another end tells again. */
export const NearEnd = (props: { of: string; onNear: () => void }) => {
  const end = useRef<HTMLDivElement>(null)
  const { onNear } = props
  const latest = useRef(onNear)
  latest.current = onNear
  useEffect(() => {
    const near = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) latest.current()
      },
      { rootMargin: '800px' },
    )
    near.observe(end.current!)
    return () => near.disconnect()
  }, [props.of])
  return <div ref={end} aria-hidden="true" class="growing__end" />
}
