import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Store } from '#src/store/store.ts'
import type { Reading } from '#src/store/types.ts'
import type { Sync } from '#src/sync/sync.ts'
import type { Api } from './api.ts'
import type { Names } from './names.ts'
import type { ProvinceNews, Session } from './session.ts'

/** What every screen may ask for. Built once, in main.tsx. */
export interface App {
  readonly store: Store
  readonly api: Api
  readonly session: Session
  readonly names: Names
  readonly sync: Pick<Sync, 'state' | 'clock' | 'leads' | 'ask'>
  /** Exchanges with the server as soon as possible. */
  readonly syncNow: () => void
  /** What the server said of itself, without signing in; null while it was not reached. */
  readonly province: Reading<ProvinceNews | null> & { readonly refresh: () => void }
  readonly takeUpdate: () => void
}

const AppContext = createContext<App | null>(null)
export const AppProvider = AppContext.Provider

export const useApp = (): App => {
  const app = useContext(AppContext)
  if (!app) throw new Error('outside of the app')
  return app
}
