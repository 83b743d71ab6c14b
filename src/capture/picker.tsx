import { useEffect, useMemo, useState } from 'preact/hooks'
import { classes } from '#src/ui/classes.ts'
import { Field, type FieldText } from '#src/ui/field.tsx'
import { Icon, type IconName } from '#src/ui/icon.tsx'
import { Sheet } from '#src/ui/modal.tsx'
import { TextField } from '#src/ui/text-field.tsx'
import { Growing } from './growing.tsx'
import { groupsOf, matching, type PickOption, searchable } from './pick.ts'
import { w } from './words.ts'
import './picker.css'

const searchFrom = 8

interface PickerProps extends FieldText {
  icon: IconName
  value: string | undefined
  /** Name of the chosen one, also where it is no longer among the options. */
  shown: string
  placeholder: string
  searchHint: string
  /** What to do when there is nothing to choose from. */
  nothing: string
  options: () => readonly PickOption[]
  /** What the options are made from: when it is another, they are made again. Null while it is being read. */
  source: unknown
  onChange: (value: string | undefined) => void
  required?: boolean | undefined
}

/** One out of many: a field that opens a sheet to search in. */
export function Picker(props: PickerProps) {
  const { value, shown } = props
  const [open, setOpen] = useState(false)
  const pick = (next: string | undefined) => {
    setOpen(false)
    props.onChange(next)
  }
  return (
    <>
      <Field {...props}>
        {(aria) => (
          <div class="input picker">
            <Icon name={props.icon} />
            <button
              {...aria}
              type="button"
              class={classes('input__control picker__button', value === undefined && 'picker__button--empty')}
              aria-haspopup="dialog"
              aria-label={`${props.label}: ${value === undefined ? props.placeholder : shown}`}
              onClick={() => setOpen(true)}
            >
              {value === undefined ? props.placeholder : shown}
            </button>
            <Icon name="chevron-down" class="picker__chevron" />
          </div>
        )}
      </Field>
      <Sheet open={open} onClose={() => setOpen(false)} title={props.placeholder}>
        <Choices {...props} onPick={pick} />
      </Sheet>
    </>
  )
}

const moves: Readonly<Record<string, 1 | -1>> = { ArrowDown: 1, ArrowUp: -1 }

/** Arrow keys go from the search field into the list and along it. */
const walk = (event: KeyboardEvent & { currentTarget: HTMLElement }) => {
  const move = moves[event.key]
  if (!move) return
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input[type="search"], .picker__option')]
  const next = stops[stops.indexOf(document.activeElement as HTMLElement) + move]
  if (!next) return
  event.preventDefault()
  next.focus()
}

function Choices(props: PickerProps & { onPick: (value: string | undefined) => void }) {
  const { id, value, onPick } = props
  const [text, setText] = useState('')
  const all = useMemo(() => searchable(props.options()), [props.source])
  const found = matching(all, text)
  // On a tablet the keyboard would cover the list before anybody has looked at it.
  const typesAtOnce = useMemo(() => matchMedia('(pointer: fine)').matches, [])
  const isHere = all.length > 0
  useEffect(() => {
    // The sheet gives the focus to what is there when it opens; a list that arrives later has to ask for it.
    if (isHere && typesAtOnce) document.getElementById(`${id}-pick`)?.focus()
  }, [isHere])
  if (props.source === null) return null
  if (all.length === 0) return <p class="muted">{props.nothing}</p>
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the buttons inside
    <div class="picker__list" onKeyDown={walk}>
      {all.length >= searchFrom && (
        <div class="picker__head">
          <TextField
            id={`${id}-pick`}
            label={props.searchHint}
            hideLabel
            placeholder={props.searchHint}
            icon="search"
            type="search"
            clearable
            autoFocus={typesAtOnce}
            value={text}
            onInput={setText}
            onEnter={() => text !== '' && found[0] && onPick(found[0].value)}
          />
        </div>
      )}
      {!props.required && value !== undefined && text === '' && (
        <button type="button" class="picker__option" onClick={() => onPick(undefined)}>
          <span class="picker__text muted">{w('pick.none')}</span>
        </button>
      )}
      <Growing items={found} subject={text}>
        {(some) =>
          groupsOf(some).map(({ group, items }) => (
            <section key={group ?? ''} aria-label={group}>
              {group && <h3 class="picker__group">{group}</h3>}
              <ul>
                {items.map((option) => (
                  <li key={option.value}>
                    <button
                      type="button"
                      class="picker__option"
                      aria-pressed={option.value === value}
                      onClick={() => onPick(option.value)}
                    >
                      <span class="picker__text">
                        <span class="picker__label">{option.label}</span>
                        {option.second && <span class="picker__second">{option.second}</span>}
                      </span>
                      {option.value === value && <Icon name="check" />}
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          ))
        }
      </Growing>
      <p class="muted" role="status">
        {found.length === 0 && w('pick.nothing', { text })}
      </p>
    </div>
  )
}
