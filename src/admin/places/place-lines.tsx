import { useSignal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import type { Failure } from '#domain/kernel/failure.ts'
import { newId, type RecordId } from '#domain/kernel/id.ts'
import { place } from '#domain/records/place.ts'
import { failureText } from '#src/i18n/failure.ts'
import { t } from '#src/i18n/index.ts'
import { fieldLabel } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import { Dock } from '#src/ui/dock.tsx'
import { Notice } from '#src/ui/notice.tsx'
import { TextArea } from '#src/ui/text-area.tsx'
import { toast } from '#src/ui/toast.tsx'
import { TopBar } from '#src/ui/top-bar.tsx'
import { useTitle } from '#src/ui/use-title.ts'
import { w } from '../words.ts'
import { readLines } from './lines.ts'
import { DistrictFields, type PlaceType, TypeField } from './where-fields.tsx'

interface Typed {
  readonly type?: PlaceType | undefined
  readonly district?: string | undefined
  readonly subdistrict?: string | undefined
  readonly text: string
}

const pause = 300
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))

/** Several places of one sort and one district at once: a line each, saved together. What is typed is kept. */
export const PlaceLines = () => {
  const { store, session, names } = useApp()
  const { route } = useLocation()
  useTitle(w('places.several'))
  const draft = useMemo(() => store.draft<Typed>(`places-lines.${session.person.peek()?.id}`), [store])
  const typed = useSignal<Typed>({ text: '' })
  const touched = useSignal(false)
  const tried = useSignal(false)
  const failed = useSignal<Failure | null>(null)
  // a second tap would make every place twice
  const saving = useRef(false)
  useEffect(() => {
    void draft.load().then((kept) => {
      if (kept && !touched.peek()) typed.value = kept
    })
  }, [draft])
  const { type, district, subdistrict, text } = typed.value
  useEffect(() => {
    if (!touched.peek()) return
    const timer = setTimeout(() => void draft.keep(typed.peek()), pause)
    return () => clearTimeout(timer)
  }, [typed.value])
  const set = (more: Partial<Typed>) => {
    touched.value = true
    typed.value = { ...typed.peek(), ...more }
  }

  const near = names.places.value.filter(({ values }) => values.district === district)
  const lines = readLines(
    text,
    near.map(({ values }) => values.name ?? ''),
  )
  const good = lines.filter(({ problem }) => problem === undefined)
  const save = async () => {
    tried.value = true
    const author = session.person.peek()?.id
    if (good.length === 0 || !type || !author || saving.current) return
    const where = { ...(district && { district }), ...(subdistrict && { subdistrict }) }
    const edits = good.map(({ name, code }) => ({
      kind: place.kind,
      record: newId<RecordId>(random),
      base: null,
      set: { name, type, ...where, ...(code && { code }) },
      author,
    }))
    saving.current = true
    try {
      const saved = await store.saveAll(edits)
      if (!saved.ok) {
        failed.value = saved.failure.failure
        return
      }
      touched.value = false
      await draft.discard()
    } finally {
      saving.current = false
    }
    toast(w('places.savedSeveral', { n: good.length }))
    route('/admin/places', true)
  }
  return (
    <div class="screen">
      <main class="page stack" id="content">
        <TopBar title={w('places.several')} back="/admin/places" close />
        <TypeField
          id="lines-type"
          label={fieldLabel('place', 'type')}
          value={type}
          error={tried.value && !type ? t('errors.choose') : undefined}
          onChange={(next) => set({ type: next })}
        />
        <DistrictFields
          district={{
            id: 'lines-district',
            label: fieldLabel('place', 'district'),
            value: district,
            onChange: (code) => set({ district: code }),
          }}
          subdistrict={{
            id: 'lines-subdistrict',
            label: fieldLabel('place', 'subdistrict'),
            value: subdistrict,
            onChange: (code) => set({ subdistrict: code }),
          }}
        />
        <TextArea
          id="lines-text"
          label={w('places.lines')}
          hint={w('places.linesHint')}
          rows={8}
          value={text}
          error={tried.value && good.length === 0 ? w('places.linesMissing') : undefined}
          onInput={(next) => set({ text: next })}
        />
        {lines.some(({ problem }) => problem) && (
          <Notice title={w('places.leftOut')}>
            <ul>
              {lines.map(
                ({ name, problem }, at) =>
                  problem && (
                    <li key={at}>
                      {name.slice(0, 80)} <span class="muted">{w(`places.problems.${problem}`)}</span>
                    </li>
                  ),
              )}
            </ul>
          </Notice>
        )}
        {failed.value && (
          <Notice tone="need" alert>
            {failureText(failed.value)}
          </Notice>
        )}
      </main>
      <Dock>
        <Button variant="line" href="/admin/places">
          {t('later')}
        </Button>
        <Button size="big" notYet={good.length === 0 || !type} onClick={() => void save()}>
          {w('places.saveSeveral', { n: good.length })}
        </Button>
      </Dock>
    </div>
  )
}
