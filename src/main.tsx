import { signal } from '@preact/signals'
import { render } from 'preact'
import { AppScreens } from './app/app.tsx'
import { recallLooks } from './app/theme.ts'
import { todaysQuestions } from './app/today.tsx'
import { missingAbilities } from './app/unfit.ts'
import { takeUpdate } from './app/update-state.ts'
import { createApi } from './session/api.ts'
import { AppProvider } from './session/context.ts'
import { stayAway, stepsBackIn } from './session/leave-at-once.ts'
import { createNames, nameQuestions } from './session/names.ts'
import { createSession, type ProvinceNews } from './session/session.ts'
import { browserPorts } from './store/browser.ts'
import { openStore } from './store/store.ts'
import { syncLater } from './sync/later.ts'
import { createKeyring } from './vault/keyring.ts'
import './ui/base.css'

/** Milliseconds that Today has to itself on a slow tablet before the exchange begins. */
const untilTodayStands = 600

const root = document.querySelector('#app')!

const start = async () => {
  // what takes time begins at once: the words of the language, the look at the browser, the storage
  const keyring = createKeyring()
  const ports = isSecureContext ? browserPorts(keyring) : null
  const [missing] = await Promise.all([isSecureContext ? missingAbilities() : [], recallLooks()])
  if (!ports || missing.length > 0) {
    const { UnfitPage } = await import('./app/unfit-page.tsx')
    render(<UnfitPage missing={missing} />, root)
    return
  }
  const store = await openStore(ports, [...nameQuestions, ...todaysQuestions(Date.now())])
  const api = createApi(
    fetch.bind(globalThis),
    () => store.people.current.peek()?.id ?? null,
    () => session.renew(),
  )
  const session = createSession(store, api, keyring)
  const names = createNames(store)
  const province = signal<ProvinceNews | null>(null)
  const ask = async () => {
    const answer = await api.get<ProvinceNews>('/api/province')
    if (answer.ok) province.value = answer.value
  }
  const { sync, begin } = syncLater(async () =>
    (await import('./app/after-first-tap.ts')).beginExchange(store, api, session, ports),
  )
  const syncNow = () => sync.ask()
  const app = {
    store,
    api,
    session,
    names,
    sync,
    syncNow,
    province: Object.assign(province, { refresh: () => void ask() }),
    takeUpdate,
  }
  render(
    <AppProvider value={app}>
      <AppScreens />
    </AppProvider>,
    root,
  )
  void ask()
  void session.refresh()
  setTimeout(() => void begin(), untilTodayStands)
}

/** True once; a start that succeeds makes it true again. */
const mayTryAgain = () => {
  try {
    if (sessionStorage.getItem(triedAgain)) return false
    sessionStorage.setItem(triedAgain, '1')
    return true
  } catch {
    return false
  }
}
const triedAgain = 'bowon.start'

const started = () => {
  try {
    sessionStorage.removeItem(triedAgain)
  } catch {
    // a browser that forbids it has kept nothing there
  }
}

const failed = async (cause: unknown) => {
  // the page before may still be letting go of the storage, as Firefox does when it keeps that page for the way back
  if (mayTryAgain()) return location.reload()
  const { NoStartPage } = await import('./app/unfit-page.tsx')
  render(<NoStartPage reason={cause instanceof Error ? cause.name : 'unknown'} />, root)
}

if (stepsBackIn()) stayAway()
else {
  // a page that was kept for the way back wakes up as it was
  addEventListener('pageshow', ({ persisted }) => persisted && stepsBackIn() && stayAway())
  void start().then(started, failed)
}
