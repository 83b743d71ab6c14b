import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'

const step = 60

/** Draws the first items of a long list and more as the reader comes near the end; `subject` starts it over. */
export const Growing = <T,>(props: {
  items: readonly T[]
  subject: string
  children: (shown: readonly T[]) => ComponentChildren
}) => {
  const { items, subject } = props
  const [grown, setGrown] = useState({ subject, size: step })
  const size = grown.subject === subject ? grown.size : step
  const end = useRef<HTMLDivElement>(null)
  const rest = items.length > size
  useEffect(() => {
    if (!rest || !end.current) return
    const near = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) setGrown({ subject, size: size + step })
      },
      { rootMargin: '800px' },
    )
    near.observe(end.current)
    return () => near.disconnect()
  }, [rest, subject, size])
  return (
    <>
      {props.children(items.slice(0, size))}
      {rest && <div ref={end} aria-hidden="true" class="growing__end" />}
    </>
  )
}
