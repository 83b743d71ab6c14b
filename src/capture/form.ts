import { batch, computed, type ReadonlySignal, signal } from '@preact/signals'
import type { FieldSet } from '#domain/change.ts'
import { brokenRules, checkFields } from '#domain/check.ts'
import { alteration, withSaved } from '#domain/derive/alteration.ts'
import { unite } from '#domain/field-set.ts'
import type { Json } from '#domain/kernel/bytes.ts'
import { type Failure, failure } from '#domain/kernel/failure.ts'
import { newId, type RecordId, type StaffId } from '#domain/kernel/id.ts'
import type { AnyRecordKind, Values } from '#domain/record-kind.ts'
import type { Store } from '#src/store/store.ts'
import type { HeldChange, RecordView } from '#src/store/types.ts'
import { dirtyForms } from './dirty.ts'
import { type FormDraft, findDraft, leftOf } from './draft.ts'

export interface FormOptions<K extends AnyRecordKind> {
  /** Names the draft: one for each thing that can be open at a time, e.g. `activity-new` or `activity-<id>`. */
  readonly draft: string
  /** The record that is edited; absent for a new one. */
  readonly record?: RecordView<Values<K>> | undefined
  /** Answers that a new record begins with. */
  readonly start?: Values<K> | undefined
  /** The held change that this form mends: what is saved takes its place. */
  readonly mends?: HeldChange | undefined
}

export interface Form<K extends AnyRecordKind> {
  readonly record: RecordId
  readonly values: ReadonlySignal<Values<K>>
  /** False until a draft was looked for. */
  readonly ready: ReadonlySignal<boolean>
  readonly dirty: ReadonlySignal<boolean>
  /** By field, shown after the first attempt to save. */
  readonly errors: ReadonlySignal<Readonly<Record<string, Failure>>>
  /** Rules across fields that do not hold: they warn. */
  readonly warnings: ReadonlySignal<Readonly<Record<string, string>>>
  /** A failure that is about no field, such as a full tablet. */
  readonly problem: ReadonlySignal<Failure | null>
  /** Whether what is shown was typed before, and the form was left or the app closed. */
  readonly restored: ReadonlySignal<boolean>
  /** When the draft was last kept, in milliseconds. */
  readonly keptAt: ReadonlySignal<number | null>
  readonly saving: ReadonlySignal<boolean>
  set<F extends keyof Values<K> & string>(field: F, value: Values<K>[F] | undefined): void
  /** Several answers at once; undefined clears one. */
  fill(values: { readonly [F in keyof Values<K>]?: Values<K>[F] | undefined }): void
  /** Saves what was altered. Answers the record once it is on this tablet, null when something must be mended first. */
  save(): Promise<RecordId | null>
  /** Throws the draft away. */
  discard(): Promise<void>
  /** Throws the draft away and begins as if the form had been opened for the first time. */
  startAgain(): Promise<void>
  begin(): Promise<void>
  /** The form is left: what is still to be kept is kept. */
  rest(): Promise<void>
}

const pause = 300

/** The state of one form. Everything typed is kept as a draft; the draft owns the record's id, so that a retry is the same change. */
export const createForm = <K extends AnyRecordKind>(
  kind: K,
  options: FormOptions<K>,
  ports: { store: Store; person: () => StaffId },
): Form<K> => {
  const { store } = ports
  const draft = store.draft<FormDraft>(options.draft)
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
  const { record: opened } = options
  let { mends } = options
  const fresh = (): FormDraft => ({
    record: opened?.id ?? newId<RecordId>(random),
    base: mends ? mends.base : (opened?.base ?? null),
    before: (opened?.values ?? {}) as FormDraft['before'],
    values: (opened?.values ?? options.start ?? {}) as FormDraft['values'],
    key: newId<RecordId>(random),
  })
  let kept = fresh()
  const values = signal(kept.values)
  const ready = signal(false)
  const touched = signal(false)
  const restored = signal(false)
  const tried = signal<readonly Failure[]>([])
  const keptAt = signal<number | null>(null)
  const saving = signal(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  const keep = async () => {
    clearTimeout(timer)
    timer = undefined
    kept = { ...kept, values: values.peek() }
    await draft.keep(kept)
    keptAt.value = Date.now()
  }

  const put = (answers: Readonly<Record<string, Json | undefined>>) => {
    const next = { ...values.peek(), ...answers }
    batch(() => {
      values.value = Object.fromEntries(
        Object.entries(next).filter(([, value]) => value !== undefined),
      ) as FormDraft['values']
      touched.value = true
      tried.value = tried.peek().filter((one) => one.field === undefined || !Object.hasOwn(answers, one.field))
    })
    dirtyForms.add(options.draft)
    clearTimeout(timer)
    timer = setTimeout(() => void keep(), pause)
  }

  const discard = async () => {
    clearTimeout(timer)
    timer = undefined
    await draft.discard()
    dirtyForms.delete(options.draft)
    touched.value = false
  }

  const altered = () => {
    if (!mends) return alteration(kind, kept.before, values.peek())
    // it goes as it stands on the screen, also where it was mended before and the server has not said so yet
    const held = mends.set
    const since = Object.entries(alteration(kind, withSaved(kind, kept.before, held), values.peek()))
    const isShown = (field: string) => field in kept.before || field in values.peek()
    const shown = unite(held, Object.fromEntries(since.filter(([field]) => isShown(field))))
    // the log has no such record: whoever began it cannot be asked, and what the form shows of it begins it anew
    return mends.failure.code === 'missing-field' ? { ...requiredOf(kind, values.peek()), ...shown } : shown
  }

  /** Saves what is on the screen now; false when something must be mended first. */
  const saveOnce = async (author: StaffId): Promise<boolean> => {
    const set = altered()
    const refused = checkFields(kind, set, kept.base === null)
    if (refused) {
      tried.value = allFailures(kind, set, values.peek(), refused)
      await keep()
      return false
    }
    if (Object.keys(set).length === 0) return true
    // a tab that dies now is found again with these very words, which are then the same change
    if (timer !== undefined) await keep().catch(() => undefined)
    const saved = await store.save({
      kind: kind.kind,
      record: kept.record,
      base: kept.base,
      set,
      author,
      key: kept.key,
      ...(mends && { replaces: mends.n }),
    })
    if (!saved.ok) tried.value = saved.failure.fields.length > 0 ? saved.failure.fields : [saved.failure.failure]
    return saved.ok
  }

  /**
   * What was typed while it saved would go with the draft: it is saved as well, as what a dying tab leaves is. False when nothing of it is left. The
   * draft is kept as it is now, because it can tell what was saved of it by the last change alone.
   */
  const takeUpRest = async (): Promise<boolean> => {
    const typed = { ...kept, values: values.peek() }
    const left = await leftOf(store, kind, typed).catch(() => typed)
    if (left === null) return values.peek() !== typed.values && takeUpRest()
    // where it could not be told what was saved, all of it is said again, and still takes the place of what is mended
    if (left !== typed) mends = undefined
    kept = left
    await keep().catch(() => undefined)
    return true
  }

  return {
    get record() {
      return kept.record
    },
    values: values as ReadonlySignal<Values<K>>,
    ready,
    dirty: touched,
    errors: computed(() => Object.fromEntries(tried.value.flatMap((one) => (one.field ? [[one.field, one]] : [])))),
    warnings: computed(() =>
      Object.fromEntries(brokenRules(kind, values.value).map(({ name, blames }) => [blames, name])),
    ),
    keptAt,
    saving,
    problem: computed(() => tried.value.find((one) => one.field === undefined) ?? null),
    restored,
    set: (field, value) => put({ [field]: value as Json | undefined }),
    fill: (answers) => put(answers as Readonly<Record<string, Json | undefined>>),
    async save() {
      if (saving.peek()) return null
      const author = ports.person()
      saving.value = true
      let words: FormDraft['values']
      try {
        do {
          words = values.peek()
          if (!(await saveOnce(author))) return null
        } while (words !== values.peek() && (await takeUpRest()))
        await discard()
        return kept.record
      } finally {
        saving.value = false
      }
    },
    discard,
    async startAgain() {
      await discard()
      kept = fresh()
      batch(() => {
        values.value = kept.values
        tried.value = []
        restored.value = false
        keptAt.value = null
      })
    },
    async begin() {
      const found = await findDraft(store, kind, options.draft).catch(() => {
        tried.value = [failure('tablet-storage')]
        return null
      })
      if (found && !touched.peek()) {
        kept = found
        values.value = found.values
        touched.value = true
        restored.value = true
        dirtyForms.add(options.draft)
      }
      ready.value = true
    },
    async rest() {
      dirtyForms.delete(options.draft)
      if (timer !== undefined) await keep()
    },
  }
}

const requiredOf = (kind: AnyRecordKind, values: FormDraft['values']): FieldSet =>
  Object.fromEntries(
    kind.required.flatMap((name) => (values[name as string] === undefined ? [] : [[name, values[name as string]!]])),
  )

/** Everything that must be mended, not only the first, so that one glance is enough. */
const allFailures = (kind: AnyRecordKind, set: FieldSet, values: FormDraft['values'], first: Failure): Failure[] => {
  const missing = kind.required
    .map(String)
    .filter((name) => values[name] === undefined || values[name] === '' || values[name] === null)
    .map((field): Failure => ({ code: 'missing-field', field }))
  const wrong = Object.entries(set)
    .filter(([field]) => !missing.some((one) => one.field === field))
    .flatMap(([field, value]) => checkFields(kind, { [field]: value }, false) ?? [])
  return missing.length + wrong.length > 0 ? [...missing, ...wrong] : [first]
}
