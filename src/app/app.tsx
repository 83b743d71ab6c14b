import { useComputed } from '@preact/signals'
import type { ComponentType } from 'preact'
import { useErrorBoundary, useMemo } from 'preact/hooks'
import { ErrorBoundary, LocationProvider, lazy, Route, Router, useLocation } from 'preact-iso'
import { t } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { leaveAtOnce } from '#src/session/leave-at-once.ts'
import { Button } from '#src/ui/button.tsx'
import { EmptyState } from '#src/ui/empty-state.tsx'
import { Icon } from '#src/ui/icon.tsx'
import { PrivateFields } from '#src/ui/private-fields.ts'
import { LeavingAtOnce, QuickExit } from '#src/ui/quick-exit.tsx'
import { ToastHost } from '#src/ui/toast.tsx'
import { useCover } from './cover.ts'
import { fillsWindow } from './full-screen.ts'
import { Nav } from './nav.tsx'
import { isConfidential, mayOpen, type PlacePath } from './places.ts'
import { showsNobody } from './shows-nobody.ts'
import { Today } from './today.tsx'
import { UpdateOffer } from './update-offer.tsx'
import { takeUpdate } from './update-state.ts'
import { w } from './words.ts'
import './shell.css'

/** A screen whose code does not come is one that fails; `lazy` alone would leave the last screen there, without a word. */
const screen = <Screen,>(load: () => Promise<{ default: Screen } | Screen>) =>
  lazy<Screen | (() => never)>(() =>
    load().catch((cause: unknown) => () => {
      throw cause
    }),
  )

const Training = screen(() => import('#src/training/index.tsx'))
const Bwr = screen(() => import('#src/activity/index.tsx'))
const Complaint = screen(() => import('#src/complaint/index.tsx'))
const Desk = screen(() => import('#src/desk/index.tsx'))
const Review = screen(() => import('#src/review/index.tsx'))
const Questions = screen(() => import('#src/review/answer/index.tsx'))
const Admin = screen(() => import('#src/admin/index.tsx'))
const Records = screen(() => import('#src/capture/plain/index.tsx'))
const Tablet = screen(() => import('./tablet/tablet.tsx').then((module) => module.Tablet))
const SignIn = screen(() => import('./sign-in/sign-in.tsx').then((module) => module.SignIn))
const SignInAgain = screen(() => import('./sign-in/sign-in.tsx').then((module) => module.SignInAgain))
const Enrol = screen(() => import('./sign-in/enrol.tsx').then((module) => module.Enrol))
const Locked = screen(() => import('./sign-in/locked.tsx').then((module) => module.Locked))
const ChangePassword = screen(() => import('./sign-in/change-password.tsx').then((module) => module.ChangePassword))
const NoScreen = screen(() => import('./no-screen.tsx').then((module) => module.NoScreen))
const SetUp = screen(() => import('./set-up/set-up.tsx').then((module) => module.SetUp))

/** What is at each place; a place without a screen does not compile, nor does a screen that is no place. */
const screenAt: Readonly<Record<Exclude<PlacePath, '/review/export'>, ComponentType>> = {
  '/': Today,
  '/training': Training,
  '/bwr': Bwr,
  '/complaint': Complaint,
  '/desk': Desk,
  '/review': Review,
  '/questions': Questions,
  '/admin': Admin,
  '/records': Records,
  '/tablet': Tablet,
}
const screens = Object.entries(screenAt).flatMap(([path, one]): [string, ComponentType][] =>
  path === '/'
    ? [[path, one]]
    : [
        [`${path}/*`, one],
        [path, one],
      ],
)

export const AppScreens = () => (
  <LocationProvider>
    <ErrorBoundary>
      <Guarded>
        <Gate />
      </Guarded>
    </ErrorBoundary>
    <ToastHost />
  </LocationProvider>
)

/** Set-up, sign-in and the first password come before everything else. */
const Gate = () => {
  const { session, province } = useApp()
  const { path } = useLocation()
  if (!session.person.value && province.value?.setUp === false) return <SetUp onDone={province.refresh} />
  if (path === '/enrol') return <Enrol />
  return (
    <LeavingAtOnce.Provider value={showsNobody(path) ? null : leave}>
      <QuickExit />
      <AfterSetUp />
    </LeavingAtOnce.Provider>
  )
}

const leave = () => void leaveAtOnce()

const AfterSetUp = () => {
  const { session } = useApp()
  const { path, route } = useLocation()
  const person = session.person.value
  if (!person) return <SignIn />
  if (path === '/sign-in') return <SignInAgain onDone={() => route('/')} />
  if (path === '/switch') return <SignIn onDone={() => route('/')} />
  if (session.mustChange.value) return <ChangePassword first onDone={() => route('/')} />
  if (session.locked.value) return <Locked />
  return <Shell />
}

const Shell = () => {
  const { store, session, province, names } = useApp()
  const { path } = useLocation()
  // read here, so that names are followed as long as the app is open; Today does not wait for them
  const named = names.ready.value
  const isClosed = !mayOpen(path, session.person.value?.standing)
  const bare = !isClosed && fillsWindow(path)
  const isTold = !isClosed && isConfidential(path)
  useCover(isTold)
  const sample = useComputed(
    () => store.people.identity.value.province?.sample ?? province.value?.sample ?? false,
  ).value
  return (
    <>
      <a class="skip-link" href="#content">
        {t('skipToContent')}
      </a>
      {sample && (
        <aside class="sample-mark" aria-label={w('sample')}>
          <Icon name="info" size={20} />
          {w('sample')}
        </aside>
      )}
      <UpdateOffer />
      <div class={bare ? 'shell shell--bare' : 'shell'}>
        {!bare && <Nav />}
        <div class="shell__main">
          <Guarded key={`${path.split('/')[1]} ${isClosed}`}>
            {(named || path === '/') && (
              <PrivateFields.Provider value={isTold}>
                <Router>
                  {(isClosed ? [] : screens).map(([at, component]) => (
                    <Route key={at} path={at} component={component} />
                  ))}
                  <Route default component={NoScreen} />
                </Router>
              </PrivateFields.Provider>
            )}
          </Guarded>
        </div>
      </div>
    </>
  )
}

/** A screen that fails (a chunk that is gone, a fault of ours) says so; the rest of the app goes on. */
const Guarded = ({ children }: { children: preact.ComponentChildren }) => {
  const [fault] = useErrorBoundary((cause: unknown) =>
    console.error('screen', cause instanceof Error ? cause.name : 'unknown'),
  )
  // before the screen's own effects, so that the screen has the last word on its title
  useMemo(() => {
    document.title = t('appName')
  }, [])
  if (!fault) return <>{children}</>
  return (
    <main class="page" id="content">
      <h1 class="visually-hidden">{t('appName')}</h1>
      <EmptyState title={w('broken.title')} text={w('broken.text')}>
        <Button onClick={takeUpdate}>{w('broken.reload')}</Button>
      </EmptyState>
    </main>
  )
}
