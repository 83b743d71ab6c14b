import { useEffect, useMemo } from 'preact/hooks'
import type { AnyRecordKind } from '#domain/record-kind.ts'
import { useApp } from '#src/session/context.ts'
import { createForm, type Form, type FormOptions } from './form.ts'

/** A form of a kind, with its draft; the same key gives back what was typed before the app was closed. */
export const useForm = <K extends AnyRecordKind>(kind: K, options: FormOptions<K>): Form<K> => {
  const { store, session } = useApp()
  const form = useMemo(
    () => createForm(kind, options, { store, person: () => session.person.peek()!.id }),
    [options.draft],
  )
  useEffect(() => {
    void form.begin()
    return () => void form.rest()
  }, [form])
  return form
}
