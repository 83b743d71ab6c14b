import { useApp } from '#src/session/context.ts'
import { keptHistory } from './use-history.ts'
import { w } from './words.ts'

/** What a device is called: by the server's history of the record, or, of this very tablet, without it. Empty when nobody said. */
export const useDeviceName = (record: string): ((device: string) => string) => {
  const { session, store } = useApp()
  const kept = keptHistory(session.person.value?.id, record)
  const here = store.people.identity.value.device
  return (device) => {
    const known = kept?.changes.find((change) => change.device === device)?.deviceName
    return known || (device === here ? thisTablet() : '')
  }
}

/** What is called so where no name of it is known. */
export const thisTablet = (): string => w('history.thisTablet')
