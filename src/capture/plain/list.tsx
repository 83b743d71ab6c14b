import { useEffect, useMemo, useState } from 'preact/hooks'
import { searchKey } from '#domain/kernel/thai-text.ts'
import type { AnyRecordKind } from '#domain/record-kind.ts'
import { locale, t } from '#src/i18n/index.ts'
import { kindName } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import { useRecords } from '#src/session/hooks.ts'
import { Button } from '#src/ui/button.tsx'
import { EmptyState } from '#src/ui/empty-state.tsx'
import { List, ListRow } from '#src/ui/list.tsx'
import { TextField } from '#src/ui/text-field.tsx'
import { Growing } from '../growing.tsx'
import { useMayBegin } from '../may-begin.ts'
import { SafetyOf } from '../safety-of.tsx'
import { secondOf, titleOf } from '../value-text.ts'
import { w } from '../words.ts'
import { plainPath } from './kinds.ts'

/** All records of a kind that are on this tablet, to look through and to search. */
export function PlainList({ kind }: { kind: AnyRecordKind }) {
  const { names } = useApp()
  const all = useRecords(kind).value
  const mayBegin = useMayBegin(kind)
  const [text, setText] = useState('')
  const name = kindName(kind.kind)
  useEffect(() => {
    document.title = `${name} · ${t('appName')}`
  }, [name])
  const rows = useMemo(
    () =>
      (all ?? []).map((record) => {
        const [title, second] = [titleOf(kind, record.values, names), secondOf(kind, record.values, names)]
        return { record, title, second, key: searchKey(`${title} ${second}`) }
      }),
    // a list names places, people and codes, which arrive and are renamed on their own
    [all, names.places.value, names.staff.value, locale()],
  )
  const wanted = searchKey(text)
  const found = rows.filter(({ key }) => key.includes(wanted))
  const add = mayBegin && (
    <Button icon="plus" href={plainPath(kind.kind, 'new')}>
      {w('kinds.new', { kind: name })}
    </Button>
  )
  return (
    <main class="page stack" id="content">
      <header class="page-head">
        <h1>{name}</h1>
        {rows.length > 0 && add}
      </header>
      {all && rows.length === 0 && (
        <EmptyState
          title={w('kinds.emptyTitle', { kind: name })}
          text={w(mayBegin ? 'kinds.emptyText' : 'kinds.emptyRead')}
        >
          {add}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <TextField
          id="search"
          label={w('kinds.search', { kind: name })}
          hideLabel
          placeholder={w('kinds.search', { kind: name })}
          icon="search"
          type="search"
          clearable
          value={text}
          onInput={setText}
        />
      )}
      {rows.length > 0 && (
        <p class="muted" role="status">
          {found.length === 0 ? w('kinds.nothing', { text }) : w('kinds.count', { n: found.length })}
        </p>
      )}
      <Growing items={found} subject={text}>
        {(some) => (
          <List label={name}>
            {some.map(({ record, title, second }) => (
              <ListRow
                key={record.id}
                href={plainPath(kind.kind, record.id)}
                title={title}
                second={
                  <>
                    {second && <span>{second}</span>}
                    {record.safety !== 'safe' && <SafetyOf record={record} />}
                  </>
                }
              />
            ))}
          </List>
        )}
      </Growing>
    </main>
  )
}
