import { useLocation } from 'preact-iso'
import { t } from '#src/i18n/index.ts'
import { Button } from '#src/ui/button.tsx'
import { EmptyState } from '#src/ui/empty-state.tsx'
import { w } from './account-words.ts'
import { whoOpens } from './places.ts'

/** In place of a screen that nobody with this person's roles can use, it says who can; elsewhere, that there is none. */
export const NoScreen = () => {
  const who = whoOpens(useLocation().path)
  const why = who === 'anybody' ? 'notFound' : 'notYours'
  return (
    <main class="page" id="content">
      <h1 class="visually-hidden">{t('appName')}</h1>
      <EmptyState title={w(`${why}.title`)} text={w(`${why}.text`)}>
        {who !== 'anybody' && (
          <ul class="cluster" aria-label={w('notYours.who')}>
            {who.map((role) => (
              <li key={role} class="strong">
                {w(`roles.${role}`)}
              </li>
            ))}
          </ul>
        )}
        <Button href="/">{w('notFound.home')}</Button>
      </EmptyState>
    </main>
  )
}

/** Today of somebody who reads what is published and nothing else. */
export const NothingPublished = () => <EmptyState title={w('published.none')} text={w('published.noneText')} />
