import { type ComponentType, render } from 'preact'
import { setLocale } from '#src/i18n/index.ts'
import { CheckIn } from './gallery/check-in.tsx'
import { Choices } from './gallery/choices.tsx'
import { Fields } from './gallery/fields.tsx'
import { Parts } from './gallery/parts.tsx'
import { Records } from './gallery/records.tsx'
import { Today } from './gallery/today.tsx'
import { ToastHost } from './toast.tsx'
import './base.css'

/** Every component in every state, for looking at: ?screen=today&theme=dark&lang=en. Not shipped. */
const screens: Readonly<Record<string, ComponentType>> = {
  parts: Parts,
  fields: Fields,
  choices: Choices,
  records: Records,
  today: Today,
  'check-in': CheckIn,
}

const asked = new URLSearchParams(location.search)
const Screen = screens[asked.get('screen') ?? 'parts'] ?? Parts
document.documentElement.dataset.theme = asked.get('theme') === 'dark' ? 'dark' : 'light'
await setLocale(asked.get('lang') === 'en' ? 'en' : 'th')
render(
  <>
    <Screen />
    <ToastHost />
  </>,
  document.getElementById('app')!,
)
