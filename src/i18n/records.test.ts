import { describe, expect, it } from 'vitest'
import type { AnyRecordKind } from '#domain/record-kind.ts'
import { recordKinds } from '#domain/records/index.ts'
import en from '#domain/words/en.ts'
import th from '#domain/words/th.ts'
import { fieldLabel, kindName, optionLabel, ruleText } from './records.ts'

type Words = Readonly<
  Record<string, { rules?: Record<string, string>; parts?: Record<string, Record<string, string>> }>
>

describe.each([
  ['Thai', th as Words],
  ['English', en as Words],
])('what %s says of kinds', (_, words) => {
  it.each(recordKinds.map((kind) => [kind.kind, kind as AnyRecordKind] as const))(
    'has every rule of %s',
    (name, kind) => {
      expect(Object.keys(words[name]?.rules ?? {}).sort()).toEqual(kind.rules.map((rule) => rule.name).sort())
    },
  )

  it.each(recordKinds.map((kind) => [kind.kind, kind as AnyRecordKind] as const))(
    'has the parts that a plain %s shows',
    (name, kind) => {
      if (kind.screen !== 'plain') return
      for (const [field, { parts }] of Object.entries<{ parts?: object }>(kind.fields))
        expect(Object.keys(words[name]?.parts?.[field] ?? {}).sort()).toEqual(Object.keys(parts ?? {}).sort())
    },
  )
})

describe('labels', () => {
  it('speak of what this version knows', () => {
    expect(kindName('activity')).toBe('กิจกรรมบวร')
    expect(optionLabel('activity', 'node', 'temple')).toBe('วัด/ศาสนสถาน')
    expect(ruleText('training-session', 'ends-after-start')).toContain('เวลาเลิก')
  })

  it('keep the word of a later version', () => {
    expect(kindName('later-kind')).toBe('later-kind')
    expect(fieldLabel('activity', 'toString')).toBe('toString')
    expect(optionLabel('place', 'type', 'garden')).toBe('garden')
    expect(ruleText('place', 'later-rule')).toBe('later-rule')
  })
})
