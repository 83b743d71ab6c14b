import type { ComponentChildren } from 'preact'
import { t } from '#src/i18n/index.ts'
import { Icon } from './icon.tsx'
import { IconButton } from './icon-button.tsx'
import './top-bar.css'

/** The head of a screen that one comes back from. `right` is for the draft mark or one small button. */
export function TopBar(props: {
  title: ComponentChildren
  second?: ComponentChildren
  /** A `NodeSeat` before the title. */
  seat?: ComponentChildren
  /** Where back leads; a function for what must ask first. Without it there is no button. */
  back?: string | (() => void) | undefined
  /** A cross in place of the arrow: it leaves a task rather than going up. */
  close?: boolean | undefined
  right?: ComponentChildren
}) {
  const { back } = props
  const button = { icon: props.close ? 'x' : 'arrow-left', label: props.close ? t('close') : t('back') } as const
  return (
    <header class="topbar">
      {back !== undefined && (
        <IconButton
          class="topbar__back"
          {...button}
          {...(typeof back === 'string' ? { href: back } : { onClick: () => back() })}
        />
      )}
      {props.seat}
      <div class="topbar__text">
        <h1 class="topbar__title">{props.title}</h1>
        {props.second && <p class="topbar__second">{props.second}</p>}
      </div>
      {props.right && <div class="topbar__right">{props.right}</div>}
    </header>
  )
}

/** "Draft kept 10.42": the whole promise that nothing typed is lost, said once. */
export const DraftMark = (props: { time: string | undefined }) => (
  <span class="draft-mark" role="status">
    {props.time && (
      <>
        <Icon name="tablet-saved" size={20} />
        <span>{t('draftKept', { time: props.time })}</span>
      </>
    )}
  </span>
)
