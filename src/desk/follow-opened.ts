import { useEffect } from 'preact/hooks'
import { complaint } from '#domain/records/complaint.ts'
import { useApp } from '#src/session/context.ts'
import { useRecords } from '#src/session/hooks.ts'
import { type ComplaintView, openComplaint } from './opening.ts'
import { opened, unlocked } from './unlocked.ts'

/** What is open here follows when its envelope is another one: a colleague has sealed it again, and perhaps altered what is in it. */
export const useOpenedFollows = (): void => {
  const { api } = useApp()
  const complaints = useRecords(complaint).value
  useEffect(() => {
    if (!complaints || !unlocked.peek()) return
    for (const view of complaints) if (isOther(view)) void openComplaint(api, view)
  }, [complaints, unlocked.value])
}

const isOther = ({ id, values }: ComplaintView): boolean =>
  (opened.peek().get(id) ?? []).some((one) => {
    const envelope = values.parts?.[one.key]?.envelope
    return one.state === 'open' && envelope !== undefined && envelope !== one.envelope
  })
