import { expect, it } from 'vitest'
import type { Field } from '#domain/fields/field.ts'
import type { AnyRecordKind } from '#domain/record-kind.ts'
import { recordKinds } from '#domain/records/index.ts'
import { widgetTypes } from './index.tsx'

const kinds: readonly AnyRecordKind[] = recordKinds

it('every type of field that a kind declares has a widget, in entries too', () => {
  const fields = kinds.flatMap((kind) => Object.values(kind.fields as Readonly<Record<string, Field>>))
  const types = fields.flatMap(({ type, parts = {} }) => [type, ...Object.values(parts).map((part) => part.type)])
  expect([...new Set(types)].filter((type) => !widgetTypes.includes(type))).toEqual([])
})
