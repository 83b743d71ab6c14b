import { attendanceId } from '#domain/kernel/id.ts'
import type { Edit } from '#src/store/types.ts'
import { perform as disturb } from './disturb.ts'
import { asked, sortedJson } from './fold.ts'
import type { Deed, Step } from './steps.ts'
import type { Form, Page, Tablet } from './tablet.ts'
import { nameOf, type Sight, wordsOf } from './witness.ts'
import { lookAt, lookAtBadge, tell, type World } from './world.ts'

type Draft = Pick<Edit, 'kind' | 'record' | 'base' | 'set'> & { readonly replaces?: number; readonly saw?: Sight }
type At<D extends Deed['do']> = Extract<Deed, { do: D }>

/** Lets one step happen; what it begins goes on while later steps happen. */
export const take = async (world: World, step: Step): Promise<void> => {
  world.witness.tally.steps++
  tell(world, () => `- ${JSON.stringify(step)}`)
  const page = 'page' in step ? world.tablets[step.tablet]!.pages[step.page] : null
  const work = 'page' in step ? person(world, step) : disturb(world, step)
  // a page that dies takes its work with it; what else fails is a wrong
  work.catch(
    (cause) =>
      page?.alive !== false &&
      world.witness.wrongs.push(`${step.do} failed: ${cause instanceof Error ? cause.stack : cause}`),
  )
  await world.time.pass(step.pause)
}

type Personal = Extract<Deed, { page: number }>

const person = async (world: World, step: Personal): Promise<void> => {
  const tablet = world.tablets[step.tablet]!
  const page = tablet.pages[step.page]
  if (step.do === 'crash') return crash(world, tablet, step)
  if (!page?.store || tablet.revoked) return
  const here = { world, tablet, page }
  switch (step.do) {
    case 'create':
      return create(here, step)
    case 'edit':
      return edit(here, step)
    case 'check-in':
      return checkIn(here, step)
    case 'strike':
      return strike(here, step)
    case 'withdraw':
      return alter(here, step.record, () => ({ withdrawn: step.back ? null : { reason: tagOf(here) } }))
    case 'move':
      return alter(here, step.record, (kind) => (kind === 'attendance' ? null : { place: placeOf(here, step.place) }))
    case 'roster':
      return roster(here, step)
    case 'mend':
      return mend(here, step)
    case 'save-again':
      return saveAgain(here, step)
    case 'look':
      return look(here, step)
    case 'switch':
      return page.store.people.switchTo(tablet.people[step.person % tablet.people.length] as Edit['author'])
    case 'leave':
      return void page.leaving.dispatchEvent(new Event('pagehide'))
    case 'ask':
      return page.ask('asked')
  }
}

export interface Here {
  readonly world: World
  readonly tablet: Tablet
  readonly page: Page
}

const crash = async (world: World, tablet: Tablet, step: At<'crash'>) => {
  const page = tablet.pages[step.page]
  if (page) world.dying = [...world.dying, { page, tablet, tasks: step.after, reopen: step.reopen }]
}

/** A text that no other change has. */
const tagOf = ({ world }: Here): string => `w.${++world.witness.tags}.${world.chance.below(1_000_000)}`
const countOf = ({ world }: Here): number => world.chance.below(100_000)
const placeOf = ({ world }: Here, place: number): string => world.places[place % world.places.length]!

const create = (here: Here, { kind, place }: At<'create'>): Promise<void> => {
  const { world, page } = here
  // an older version has no screen for what it does not know
  if (!page.program.kindOf(kind)) return Promise.resolve()
  const record = world.id()
  world.records.push({ id: record, kind })
  // the fourth choice is a place that nobody has declared
  const where = place === 3 ? world.id() : placeOf(here, place)
  const common = { place: where, heldOn: '2026-11-02' }
  const set =
    kind === 'training-session'
      ? { ...common, title: tagOf(here) }
      : { ...common, node: 'school', type: 'talk', outcome: tagOf(here) }
  return save(here, [{ kind, record: record as Edit['record'], base: null, set: set as Edit['set'] }])
}

const recordAt = ({ world }: Here, index: number, kinds?: readonly string[]) => {
  const fitting = kinds ? world.records.filter(({ kind }) => kinds.includes(kind)) : world.records
  return fitting.length > 0 ? fitting[fitting.length - 1 - (index % fitting.length)]! : null
}

/** Opens a record as it is shown here, and saves what is altered of it; null alters nothing. */
const alter = async (
  here: Here,
  index: number,
  setFor: (kind: string, values: Readonly<Record<string, unknown>>) => object | null,
  stale = false,
): Promise<void> => {
  const known = recordAt(here, index)
  if (!known) return
  const id = known.id as Edit['record']
  const shown = await here.page.store!.record(id)
  if (!shown || !here.page.program.kindOf(known.kind)) return
  const set = setFor(known.kind, shown.values)
  if (!set) return
  // a form that is open for a while is based on what it was opened on
  if (stale) await new Promise<void>((resolve) => void here.world.time.after(3000, resolve))
  const draft = { kind: known.kind, record: id, base: shown.base, set: set as Edit['set'], saw: sightOf(shown) }
  if (here.page.alive) await save(here, [draft])
}

const sightOf = ({
  values,
  conflicts,
}: NonNullable<Awaited<ReturnType<NonNullable<Page['store']>['record']>>>): Sight =>
  Object.fromEntries(
    [...asked].map((field) => {
      const shown = [...(conflicts[field] ?? []).map(({ value }) => value), (values as Edit['set'])[field] ?? null]
      return [field, shown.map(sortedJson)]
    }),
  )

const edit = (here: Here, { record, field, stale }: At<'edit'>) =>
  alter(
    here,
    record,
    (kind) =>
      kind === 'training-session' ? sessionEdit(here, field) : kind === 'attendance' ? null : activityEdit(here, field),
    stale,
  )

const sessionEdit = (here: Here, field: number): object => {
  const code = `M${countOf(here) % 3}`
  if (field < 2) return { note: tagOf(here) }
  if (field < 4) return { title: tagOf(here) }
  if (field < 6) return { modules: { [code]: { on: field === 4, planned: countOf(here) % 600 } } }
  return { state: 'closed', endsAt: '12:00' }
}

const activityEdit = (here: Here, field: number): object => {
  const code = `R${countOf(here) % 3}`
  switch (field) {
    case 0:
      return { from15Female: countOf(here) }
    case 1:
      return { facilitator: tagOf(here) }
    case 2:
      return { outcome: tagOf(here) }
    case 3:
      return { rightsAreas: { [code]: { on: countOf(here) % 3 > 0 } } }
    case 4:
      return { weather: tagOf(here) }
    case 5:
      return { facilitator: null }
    default:
      return { from15Female: countOf(here), outcome: tagOf(here) }
  }
}

const checkIn = async (here: Here, { session, person, out }: At<'check-in'>): Promise<void> => {
  const { world, tablet, page } = here
  const known = recordAt(here, session, ['training-session'])
  if (!known) return
  const guest = world.guests[person]!
  const record = attendanceId(known.id as Edit['record'], guest as Edit['record'])
  if (!world.records.some(({ id }) => id === record)) world.records.push({ id: record, kind: 'attendance' })
  const shown = await page.store!.record(record)
  const mark = {
    on: true,
    kind: out ? 'out' : 'in',
    at: Math.max(0, world.around.clock(tablet)),
    taker: authorOf(here),
    device: tablet.device,
  }
  const set = { marks: { [tagOf(here)]: mark }, ...(!shown && { session: known.id, person: guest }) }
  await save(here, [{ kind: 'attendance', record, base: shown?.base ?? null, set: set as unknown as Edit['set'] }])
}

const strike = (here: Here, { record }: At<'strike'>): Promise<void> =>
  alter(here, record, (kind, values) => {
    const mark = kind === 'attendance' ? Object.keys(values.marks ?? {})[0] : undefined
    return mark === undefined ? null : { marks: { [mark]: { struckBy: authorOf(here) } } }
  })

const roster = (here: Here, { place, count }: At<'roster'>): Promise<void> => {
  const { world } = here
  const session = world.id() as Edit['record']
  const guests = Array.from({ length: count }, () => world.id() as Edit['record'])
  const records = guests.map((guest) => attendanceId(session, guest))
  world.records.push({ id: session, kind: 'training-session' }, ...records.map((id) => ({ id, kind: 'attendance' })))
  return save(here, [
    ...guests.map((person, at) => ({
      kind: 'attendance',
      record: records[at]!,
      base: null,
      set: { session, person, seat: tagOf(here) },
    })),
    {
      kind: 'training-session',
      record: session,
      base: null,
      set: { place: placeOf(here, place), heldOn: '2026-11-03', title: tagOf(here) },
    },
  ])
}

/** What is held back is corrected, or the person decides that it is not to be sent. */
const mend = async (here: Here, { drop }: At<'mend'>): Promise<void> => {
  const { world, page } = here
  const { held } = page.store!
  const stop = held.subscribe(() => undefined)
  await new Promise<void>((resolve) => void world.time.after(20, resolve))
  const first = held.peek()[0]
  stop()
  if (!first || !page.alive) return
  const { kind, record, base, n } = first
  const set = drop ? {} : { ...first.set, ...(kind !== 'attendance' && { place: world.places[0]! }) }
  // it was based on what the form had shown that it comes from
  const earlier = world.witness.sights.get(wordsOf(record, first.set)) ?? []
  const saw: Sight = Object.assign({}, ...earlier)
  await save(here, [{ kind, record, base, set, replaces: n, saw }])
}

const authorOf = ({ tablet, page }: Here): string => page.store!.people.current.peek()?.id ?? tablet.people[0]!

export const save = async (here: Here, drafts: readonly Draft[]): Promise<void> => {
  const { world } = here
  const author = authorOf(here) as Edit['author']
  const forms = drafts.map(({ saw = {}, ...draft }) => ({ edit: { ...draft, author, key: world.id() }, saw }))
  here.tablet.lastForms = forms
  await saveForms(here, forms)
}

const saveForms = async (here: Here, forms: readonly Form[]): Promise<void> => {
  const { world, tablet, page } = here
  const { witness, time } = world
  // a tablet that was revoked has forgotten who it was, and nobody is signed in on it
  if (page.store!.people.identity.peek().device !== tablet.device) return
  const edits = forms.map(({ edit }) => edit)
  for (const { edit, saw } of forms) {
    const words = wordsOf(edit.record, edit.set)
    witness.tries.push({ page, key: edit.key!, words })
    witness.sights.set(words, [...(witness.sights.get(words) ?? []), saw])
  }
  const drafts = world.chance.happens(0.3) ? forms.map((form) => draftOf(here, form.edit.key!)) : []
  for (const [index, draft] of drafts.entries()) await draft.keep({ key: edits[index]!.key!, form: forms[index]! })
  if (!page.alive) return
  tell(world, () => `tablet ${tablet.number}, tab ${page.number} saves ${JSON.stringify(edits)}`)
  const saved = await page.store!.saveAll(edits)
  if (!page.alive) return
  if (!saved.ok) {
    witness.tally.refused++
    return tell(world, () => `refused: ${JSON.stringify(saved.failure)}`)
  }
  tell(world, () => `saved: ${saved.value.map(({ n }) => n)}`)
  for (const [index, { n, record }] of saved.value.entries()) {
    const { set, replaces, key } = edits[index]!
    witness.tally.saves++
    const { device } = tablet
    const words = wordsOf(record, set)
    const names = witness.kept.find((one) => one.key === key && one.words === words)?.names ?? []
    if (!names.includes(nameOf({ device, n }))) names.push(nameOf({ device, n }))
    witness.kept.push({ tablet, page, device, n, record, set, words, replaces, key: key!, names, at: time.now() })
  }
  lookAtBadge(world, tablet, page)
  // now and then the tab is gone before that
  if (world.chance.happens(0.3)) return
  for (const draft of drafts) if (page.alive) await draft.discard()
}

interface FormDraft {
  readonly key: string
  readonly form: Form
}

const draftOf = ({ page }: Here, name: string) => page.store!.draft<FormDraft>(name)

/** Somebody presses "save" once more, or after a crash finds the draft again: while it says the same it is the same change. */
const saveAgain = async (here: Here, step: At<'save-again'>): Promise<void> => {
  const names = await here.page.store!.draftKeys()
  const drafts = await Promise.all(names.map((name) => draftOf(here, name).load()))
  const found = drafts.flatMap((draft) => draft?.form ?? [])
  const forms = found.length > 0 ? found : here.tablet.lastForms
  if (!forms || !here.page.alive) return
  await saveForms(here, step.altered ? forms.map((form) => altered(here, form)) : forms)
}

/** The form with other words in it: then it is another change. */
const altered = (here: Here, { edit, saw }: Form): Form => {
  const field = ['outcome', 'title', 'note', 'facilitator'].find((one) => typeof edit.set[one] === 'string')
  return { edit: field ? { ...edit, set: { ...edit.set, [field]: tagOf(here) } } : edit, saw }
}

const look = async ({ world, tablet, page }: Here, { record }: At<'look'>): Promise<void> => {
  const known = recordAt({ world, tablet, page }, record)
  if (known) await lookAt(world, tablet, page, known.id)
}
