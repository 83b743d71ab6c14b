import type { AnyRecordKind } from '#domain/record-kind.ts'
import { activity } from './activity.ts'
import { attendance } from './attendance.ts'
import { complaintCase } from './case.ts'
import { codeList } from './code-list.ts'
import { complaint } from './complaint.ts'
import { curriculum } from './curriculum.ts'
import { decision } from './decision.ts'
import { key } from './key.ts'
import { person } from './person.ts'
import { place } from './place.ts'
import { question } from './question.ts'
import { staff } from './staff.ts'
import { tablet } from './tablet.ts'
import { trainingSession } from './training-session.ts'

/** Every kind that this version knows, in the order in which people meet them. */
export const recordKinds = [
  place,
  person,
  staff,
  trainingSession,
  attendance,
  activity,
  complaint,
  complaintCase,
  question,
  decision,
  codeList,
  tablet,
  key,
  curriculum,
] as const satisfies readonly AnyRecordKind[]

export type KnownKind = (typeof recordKinds)[number]['kind']

const byName: ReadonlyMap<string, AnyRecordKind> = new Map(recordKinds.map((kind) => [kind.kind, kind]))

/** The declaration of a kind; undefined for one that a later version will know. */
export const kindOf = (name: string): AnyRecordKind | undefined => byName.get(name)
