import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import { searchKey } from '#domain/kernel/thai-text.ts'
import { Growing } from '#src/capture/growing.tsx'
import { into } from '#src/ui/into.ts'
import { List } from '#src/ui/list.tsx'
import { TextField } from '#src/ui/text-field.tsx'
import { w } from './words.ts'

const searchFrom = 8

/** A list that is searched by whatever `textOf` says of each item, and drawn as far as one has scrolled. */
export const SearchList = <T,>(props: {
  id: string
  label: string
  items: readonly T[]
  textOf: (item: T) => string
  children: (item: T) => ComponentChildren
}) => {
  const { items, textOf } = props
  const text = useSignal('')
  const keyed = useMemo(() => items.map((item) => ({ item, key: searchKey(textOf(item)) })), [items])
  const wanted = searchKey(text.value)
  const found = wanted === '' ? items : keyed.filter(({ key }) => key.includes(wanted)).map(({ item }) => item)
  return (
    <>
      {items.length >= searchFrom && (
        <TextField
          id={props.id}
          label={w('search')}
          hideLabel
          placeholder={w('search')}
          icon="search"
          type="search"
          clearable
          value={text.value}
          onInput={into(text)}
        />
      )}
      <List label={props.label}>
        <Growing items={found} subject={text.value}>
          {(some) => some.map(props.children)}
        </Growing>
      </List>
      <p class="muted" role="status">
        {items.length > 0 && found.length === 0 && w('nothingFound', { text: text.value })}
      </p>
    </>
  )
}
