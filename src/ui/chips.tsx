import { useState } from 'preact/hooks'
import { searchKey } from '#domain/kernel/thai-text.ts'
import type { FieldText } from './field.tsx'
import { Group } from './group.tsx'
import { Icon } from './icon.tsx'
import { TextField } from './text-field.tsx'
import { words } from './words.ts'
import './chips.css'

export interface ChipOption<V extends string> {
  value: V
  label: string
}

interface ChipsShared<V extends string> extends FieldText {
  options: readonly ChipOption<V>[]
  /** How many are seen before "more"; what is chosen is always seen. All by default. */
  shown?: number | undefined
  /** Above how many options a search field opens with the rest. 12 by default. */
  searchAbove?: number | undefined
}

function ChipList<V extends string>(
  props: ChipsShared<V> & { type: 'radio' | 'checkbox'; chosen: ReadonlySet<V>; onToggle: (value: V) => void },
) {
  const { id, options, chosen, shown = options.length, searchAbove = 12 } = props
  const [open, setOpen] = useState(false)
  const [search, setSearch] = useState('')
  const wanted = searchKey(search)
  const visible = open
    ? options.filter((option) => chosen.has(option.value) || searchKey(option.label).includes(wanted))
    : options.filter((option, at) => at < shown || chosen.has(option.value))
  const hidden = options.length - visible.length
  return (
    <Group {...props} role={props.type === 'radio' ? 'radiogroup' : undefined}>
      {open && options.length > searchAbove && (
        <div class="chips__search">
          <TextField
            id={`${id}-search`}
            label={words('chips.search')}
            hideLabel
            placeholder={words('chips.search')}
            icon="search"
            type="search"
            clearable
            value={search}
            onInput={setSearch}
          />
        </div>
      )}
      <div class="chips">
        {visible.map((option) => (
          <label key={option.value} class="chip">
            <input
              class="visually-hidden"
              type={props.type}
              name={id}
              value={option.value}
              checked={chosen.has(option.value)}
              onChange={() => props.onToggle(option.value)}
            />
            <Icon name="check" size={20} />
            <span>{option.label}</span>
          </label>
        ))}
        {!open && hidden > 0 && (
          <button type="button" class="chip chip--more" aria-expanded={false} onClick={() => setOpen(true)}>
            <Icon name="plus" size={20} />
            <span>{words('chips.more', { n: hidden })}</span>
          </button>
        )}
      </div>
      {open && visible.length === 0 && <p class="muted">{words('chips.nothing', { text: search })}</p>}
    </Group>
  )
}

/** Any number of answers out of several. */
export function Chips<V extends string>(
  props: ChipsShared<V> & { value: readonly V[]; onChange: (value: V[]) => void },
) {
  const { value, onChange } = props
  const toggle = (one: V) => onChange(value.includes(one) ? value.filter((each) => each !== one) : [...value, one])
  return <ChipList {...props} type="checkbox" chosen={new Set(value)} onToggle={toggle} />
}

/** One answer out of several. */
export function ChipChoice<V extends string>(
  props: ChipsShared<V> & { value: V | undefined; onChange: (value: V) => void },
) {
  const chosen = new Set<V>(props.value === undefined ? [] : [props.value])
  return <ChipList {...props} type="radio" chosen={chosen} onToggle={props.onChange} />
}
