import { useSignal } from '@preact/signals'
import { n } from '#src/i18n/index.ts'
import { IconButton } from '#src/ui/icon-button.tsx'
import { into } from '#src/ui/into.ts'
import { FilterSheet, FilterWords } from './filter-sheet.tsx'
import { isFiltered, tabs } from './inbox.ts'
import { filter, type Inbox, tab } from './use-inbox.ts'
import { w } from './words.ts'

/** Title, filter and the parts of the inbox, each with its count. */
export const InboxHead = ({ inbox, onHelp }: { inbox: Inbox; onHelp: () => void }) => {
  const filtering = useSignal(false)
  return (
    <header class="inbox-head">
      <div class="inbox-head__line">
        <h1>{w('title')}</h1>
        <div class="inbox-head__tools">
          <IconButton icon="help-circle" label={w('keys.title')} class="inbox-head__help" onClick={onHelp} />
          <IconButton icon="download" label={w('export.title')} href="/review/export" />
          <IconButton
            icon="filter"
            label={w('filter.title')}
            pressed={isFiltered(filter.value)}
            onClick={() => into(filtering)(true)}
          />
        </div>
      </div>
      <div class="inbox-tabs" role="radiogroup" aria-label={w('parts')}>
        {tabs.map((one) => (
          <label key={one} class="inbox-tab">
            <input
              class="visually-hidden"
              type="radio"
              name="inbox-part"
              value={one}
              checked={tab.value === one}
              onChange={() => into(tab)(one)}
            />
            <span>{w(`tabs.${one}`)}</span>
            <span class="inbox-tab__count">{n(inbox.count(one))}</span>
          </label>
        ))}
      </div>
      <FilterWords />
      <Sorting inbox={inbox} />
      <FilterSheet inbox={inbox} open={filtering.value} onClose={() => into(filtering)(false)} />
    </header>
  )
}

/** Fewer are sorted before anybody could read a line about it. */
const worthTelling = 500

const Sorting = ({ inbox }: { inbox: Inbox }) => {
  const left = inbox.page.value?.unsorted ?? 0
  return (
    <p class="inbox-sorting muted small" role="status">
      {left > worthTelling && w('sorting', { n: left })}
    </p>
  )
}
