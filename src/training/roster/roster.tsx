import { useState } from 'preact/hooks'
import { nodeOfPlace } from '#domain/records/place.ts'
import { t } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { Dock } from '#src/ui/dock.tsx'
import { NodeSeat } from '#src/ui/node.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { Segmented } from '#src/ui/segmented.tsx'
import { TopBar } from '#src/ui/top-bar.tsx'
import { WithSession } from '../parts/gate.tsx'
import { heldOnText } from '../parts/session-text.ts'
import type { SessionView } from '../parts/types.ts'
import { useTitle } from '../parts/use-title.ts'
import { w } from '../words.ts'
import { ImportList } from './import-list.tsx'
import { KnownPeople } from './known-people.tsx'
import { OnRoster } from './on-roster.tsx'
import { TypePerson } from './type-person.tsx'
import { usePlacePeople } from './use-place-people.ts'

type Way = 'list' | 'type' | 'known' | 'import'

/** Who is expected: typed one by one, chosen among the people of the place, or read from the school's own list. */
export const Roster = (props: { id: string }) => {
  useTitle(w('rosterTitle'))
  return <WithSession id={props.id}>{(session) => <Ways key={session.id} session={session} />}</WithSession>
}

const Ways = ({ session }: { session: SessionView }) => {
  const { names } = useApp()
  const here = usePlacePeople(session)
  const [chosen, setWay] = useState<Way | undefined>(undefined)
  const { values } = session
  const place = names.place(values.place)
  if (!here) return null
  const count = here.onRoster.size
  const known = here.known.filter(({ id }) => !here.onRoster.has(id)).length
  const way = chosen ?? (count > 0 ? 'list' : known > 0 ? 'known' : 'import')
  const back = `/training/${session.id}`

  return (
    <main class="screen" id="content">
      <div class="page stack">
        <TopBar
          back={back}
          seat={<NodeSeat node={nodeOfPlace(place?.values.type) ?? 'joint'} size={44} />}
          title={w('rosterTitle')}
          second={[place?.values.name, heldOnText(values)].filter(Boolean).join(' · ')}
        />
        {values.place ? (
          <>
            <div data-scrolls-sideways>
              <Segmented
                label={w('roster.way')}
                options={[
                  { value: 'list', label: w('roster.list'), count },
                  { value: 'type', label: w('roster.type') },
                  { value: 'known', label: w('roster.known'), count: known },
                  { value: 'import', label: w('roster.import') },
                ]}
                value={way}
                onChange={setWay}
              />
            </div>
            {way === 'list' && <OnRoster session={session} />}
            {way === 'type' && <TypePerson session={session} here={here} />}
            {way === 'known' && <KnownPeople session={session} here={here} />}
            {way === 'import' && <ImportList session={session} here={here} onDone={() => setWay('list')} />}
          </>
        ) : (
          <Notice tone="wait">{w('roster.noPlace')}</Notice>
        )}
      </div>
      {way === 'list' && (
        <Dock>
          <Button variant="line" href={back}>
            {t('back')}
          </Button>
          {count > 0 && values.state !== 'closed' && (
            <Button size="big" icon="list-checks" href={`${back}/check-in`}>
              {w('startCheckIn')}
            </Button>
          )}
        </Dock>
      )}
    </main>
  )
}
