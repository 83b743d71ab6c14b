import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Store } from '#src/store/store.ts'
import type { Api } from './api.ts'
import type { Names } from './names.ts'
import type { Session } from './session.ts'

/** What every screen may ask for. Built once, in main.tsx. */
export interface App {
  readonly store: Store
  readonly api: Api
  readonly session: Session
  readonly names: Names
  /** Exchanges with the server as soon as possible. */
  readonly syncNow: () => void
}

const AppContext = createContext<App | null>(null)
export const AppProvider = AppContext.Provider

export const useApp = (): App => {
  const app = useContext(AppContext)
  if (!app) throw new Error('outside of the app')
  return app
}
