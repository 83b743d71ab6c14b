import { useEffect, useRef } from 'preact/hooks'
import { useApp } from '#src/session/context.ts'
import { CallList } from '#src/ui/call-list.tsx'
import { w } from './words.ts'

/** Whom to call. In danger the numbers that the administrator marked for it, all of them otherwise. */
export const Calls = ({ urgent, title }: { urgent?: boolean; title?: string }) => {
  const { names } = useApp()
  const place = useRef<HTMLDivElement>(null)
  const all = names.items('hotline')
  const marked = all.filter((line) => line.urgent)
  useEffect(() => {
    // what it answers may stand far above or below it on a small screen
    if (urgent) place.current?.scrollIntoView({ block: 'nearest' })
  }, [urgent])
  return (
    <div ref={place}>
      <CallList
        title={title ?? w(urgent ? 'call.first' : 'call.anytime')}
        urgent={urgent}
        lines={urgent && marked.length > 0 ? marked : all}
        call={w('call.call')}
        callTo={(line) => w('call.callTo', line)}
        none={w('call.none')}
      />
    </div>
  )
}
