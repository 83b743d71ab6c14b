import type { AnyRecordKind } from '#domain/record-kind.ts'
import { recordKinds } from '#domain/records/index.ts'

const all: readonly AnyRecordKind[] = recordKinds

/** Kinds that asked for screens drawn from their declaration; each is a place to go to at `/records/<kind>`. */
export const plainKinds = all.filter(({ screen }) => screen === 'plain')

export const plainPath = (kind: string, ...rest: readonly string[]): string => ['/records', kind, ...rest].join('/')
