import * as z from 'zod/mini'
import { isId } from '#domain/kernel/id.ts'

/** How much the complainant gives of who they are. */
export const identityModes = ['anonymous', 'confidential', 'named'] as const
export type IdentityMode = (typeof identityModes)[number]

export const safetyAnswers = ['safe', 'unsure', 'unsafe'] as const
export type SafetyAnswer = (typeof safetyAnswers)[number]

/** The questions, in the order in which they are asked; what an interrupted intake shows as ticked. */
export const intakeSteps = ['safety', 'notice', 'who', 'what', 'where', 'category', 'wish', 'consent'] as const
export type IntakeStep = (typeof intakeSteps)[number]

/** Longest texts, so that an envelope always fits into one change. */
export const longest = { line: 300, text: 20_000 } as const

const id = z.string().check(z.refine(isId))
const line = z.string().check(z.maxLength(longest.line))
const long = z.string().check(z.maxLength(longest.text))

/** What is told. Nothing is required but consent: a person in danger answers what they can. */
export const intakeAnswers = z.object({
  safety: z.optional(z.enum(safetyAnswers)),
  /** Version of the notice that was read out, before anything was asked. */
  noticeVersion: z.optional(line),
  mode: z.optional(z.enum(identityModes)),
  name: z.optional(line),
  contact: z.optional(line),
  /** How and when it is safe to get in touch. */
  safeContact: z.optional(line),
  language: z.optional(line),
  what: z.optional(long),
  /** Code of the district where it happened. */
  district: z.optional(line),
  where: z.optional(line),
  when: z.optional(line),
  respondent: z.optional(line),
  category: z.optional(line),
  wish: z.optional(long),
  /** Explicit consent to send, and to hold sensitive data (PDPA section 26), given last. */
  consentToSend: z.optional(z.boolean()),
  consentSensitive: z.optional(z.boolean()),
})
export type IntakeAnswers = z.infer<typeof intakeAnswers>

const answersOfStep = {
  safety: ['safety'],
  notice: ['noticeVersion'],
  who: ['mode', 'name', 'contact', 'safeContact', 'language'],
  what: ['what'],
  where: ['district', 'where', 'when', 'respondent'],
  category: ['category'],
  wish: ['wish'],
  consent: ['consentToSend', 'consentSensitive'],
} as const satisfies Record<IntakeStep, readonly (keyof IntakeAnswers)[]>

/** The questions that have an answer: all that stays readable of an interrupted intake. */
export const answeredSteps = (answers: IntakeAnswers): IntakeStep[] =>
  intakeSteps.filter((step) => answersOfStep[step].some((name) => answers[name] !== undefined && answers[name] !== ''))

/** One part of a complaint, as it is inside the envelope. Bound to its record, so that envelopes cannot be swapped. */
const sealedPart = z.looseObject({
  format: z.literal(1),
  record: id,
  part: z.string(),
  /** On the slip that the complainant takes along: 4 signs, 12 from the first programs. */
  number: z.string(),
  author: id,
  device: z.string(),
  /** Milliseconds; the exact time is inside only. */
  takenAt: z.int(),
  /** Number of the desk list whose keys it is sealed to. */
  list: z.int(),
  /** False for a snapshot of an interrupted intake that was sent as it was. */
  finished: z.boolean(),
  answers: intakeAnswers,
})
export type SealedPart = z.infer<typeof sealedPart>

/** A note of the desk, inside its seal. */
const sealedNote = z.looseObject({
  format: z.literal(1),
  case: id,
  key: z.string(),
  /** Number of the desk list whose keys it is sealed to; absent from notes of before lists were handed over whole. */
  list: z.optional(z.int()),
  text: long,
})
export type SealedNote = z.infer<typeof sealedNote>

/** Reads what was inside an envelope. `other-record` says that the envelope was made for another complaint: somebody swapped it. */
export const readPart = (text: string, record: string, key: string): SealedPart | 'damaged' | 'other-record' => {
  const parsed = sealedPart.safeParse(parseJson(text))
  if (!parsed.success) return 'damaged'
  return parsed.data.record === record && parsed.data.part === key ? parsed.data : 'other-record'
}

/** Reads a note of the desk; null when it is damaged or belongs elsewhere. */
export const readNote = (text: string, caseId: string, key: string): SealedNote | null => {
  const parsed = sealedNote.safeParse(parseJson(text))
  return parsed.success && parsed.data.case === caseId && parsed.data.key === key ? parsed.data : null
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
