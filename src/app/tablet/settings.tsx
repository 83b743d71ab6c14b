import { useSignal } from '@preact/signals'
import { useLocation } from 'preact-iso'
import { momentText, t } from '#src/i18n/index.ts'
import { type Locale, locale } from '#src/i18n/locale.ts'
import { useApp } from '#src/session/context.ts'
import { isInstalled } from '#src/session/installed.ts'
import { Button } from '#src/ui/button.tsx'
import { ConfirmDialog } from '#src/ui/confirm-dialog.tsx'
import { into } from '#src/ui/into.ts'
import { Sheet } from '#src/ui/modal.tsx'
import { Segmented } from '#src/ui/segmented.tsx'
import { w } from '../account-words.ts'
import { installOffer } from '../install.ts'
import { ChangePassword } from '../sign-in/change-password.tsx'
import { chooseLocale, chooseTheme, type Theme, theme } from '../theme.ts'
import { SignIns } from './sign-ins.tsx'

/** Who uses this tablet, in which language and colours. */
export const Settings = () => (
  <>
    <PersonSettings />
    <section class="stack stack--tight">
      <h2>{w('settings.language')}</h2>
      <Segmented<Locale>
        label={w('settings.language')}
        options={[
          { value: 'th', label: t('languages.th') },
          { value: 'en', label: t('languages.en') },
        ]}
        value={locale()}
        onChange={(next) => void chooseLocale(next)}
      />
    </section>
    <section class="stack stack--tight">
      <h2>{w('settings.theme')}</h2>
      <Segmented<Theme>
        label={w('settings.theme')}
        options={[
          { value: 'auto', label: w('settings.themeAuto') },
          { value: 'light', label: w('settings.themeLight') },
          { value: 'dark', label: w('settings.themeDark') },
        ]}
        value={theme.value}
        onChange={chooseTheme}
      />
    </section>
    <DeviceFacts />
  </>
)

const PersonSettings = () => {
  const { session, names, syncNow } = useApp()
  const { route } = useLocation()
  const asking = useSignal(false)
  const changing = useSignal(false)
  const listing = useSignal(false)
  const person = session.person.value
  if (!person) return null
  const { state, until } = session.online.value
  const name = names.staffName(person.id)
  if (changing.value) return <ChangePassword first={false} onDone={() => into(changing)(false)} />
  return (
    <section class="stack stack--tight">
      <h2>{w('settings.person')}</h2>
      <p>
        <b>{name}</b> <span class="muted">{person.standing.roles.map((role) => w(`roles.${role}`)).join(' · ')}</span>
      </p>
      <p class="muted small">
        {state === 'ended' && w('settings.sessionEnded')}
        {state === 'signed-in' && until !== undefined && w('settings.signedInUntil', { time: momentText(until) })}
      </p>
      <div class="cluster">
        <Button variant="line" icon="users" href="/switch">
          {w('settings.switchPerson')}
        </Button>
        <Button variant="plain" icon="key" onClick={() => into(changing)(true)}>
          {w('settings.changePassword')}
        </Button>
        <Button variant="plain" icon="tablet" onClick={() => into(listing)(true)}>
          {w('signIns.open')}
        </Button>
        <Button variant="quiet" icon="log-out" onClick={() => into(asking)(true)}>
          {w('settings.signOut')}
        </Button>
      </div>
      <Sheet open={listing.value} onClose={() => into(listing)(false)} title={w('signIns.title')}>
        {listing.value && <SignIns />}
      </Sheet>
      <ConfirmDialog
        open={asking.value}
        title={w('settings.signOutAsk')}
        confirm={w('settings.signOut')}
        onConfirm={async () => {
          into(asking)(false)
          syncNow()
          await session.leave(person.id)
          route('/')
        }}
        onClose={() => into(asking)(false)}
      >
        <p>{w('settings.signOutText', { name })}</p>
      </ConfirmDialog>
    </section>
  )
}

const DeviceFacts = () => {
  const { store } = useApp()
  const offer = installOffer.value
  return (
    <section class="stack stack--tight">
      <h2>{w('settings.device')}</h2>
      {isInstalled() ? (
        <p class="muted">{w('settings.installed')}</p>
      ) : (
        offer && (
          <Button variant="line" icon="download" onClick={() => void offer.prompt()}>
            {w('settings.install')}
          </Button>
        )
      )}
      <p class="muted small">{w('settings.deviceNumber', { id: store.people.identity.value.device })}</p>
      <p class="muted small">{w('settings.version', { version: __VERSION__ })}</p>
    </section>
  )
}
