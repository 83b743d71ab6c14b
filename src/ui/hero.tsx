import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'
import { Mark, type NodeKind, NodeSeat } from './node.tsx'
import './hero.css'

/** The teal panel: the one loud thing of a screen. Children are its buttons (`hero`, then `hero-quiet`). */
export function Hero(props: {
  title: string
  /** When, in words. */
  eyebrow: string
  eyebrowIcon?: IconName | undefined
  node?: NodeKind | undefined
  facts?: readonly string[] | undefined
  /** What is ready. Never with a shield. */
  note?: string | undefined
  noteIcon?: IconName | undefined
  children: ComponentChildren
}) {
  return (
    <section class="hero">
      <svg class="hero__ridge" viewBox="0 0 788 190" preserveAspectRatio="none" aria-hidden>
        <path
          class="hero__far"
          d="M0 132 52 118 96 124 170 92 214 104 262 78 300 86 352 60 392 70 452 28Q464 20 476 27L520 54 556 48 610 80 648 72 706 100 788 84V190H0Z"
        />
        <path
          class="hero__near"
          d="M0 172 70 150 128 158 210 134 290 152 372 128 440 146 520 138 600 150 788 142V190H0Z"
        />
      </svg>
      <p class="hero__eyebrow">
        <Icon name={props.eyebrowIcon ?? 'clock'} size={20} />
        {props.eyebrow}
      </p>
      <h2 class="hero__title">
        {props.node && <NodeSeat node={props.node} size={56} />}
        <span>{props.title}</span>
      </h2>
      {props.facts && (
        <p class="hero__facts">
          {props.facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
        </p>
      )}
      {props.note && (
        <p class="hero__note">
          <Icon name={props.noteIcon ?? 'check-circle'} size={20} />
          {props.note}
        </p>
      )}
      <div class="hero__foot">
        <div class="hero__actions">{props.children}</div>
        <div class="hero__mark">
          <Mark width={176} mono />
        </div>
      </div>
    </section>
  )
}
