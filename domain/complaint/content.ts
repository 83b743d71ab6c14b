import * as z from 'zod/mini'
import { isId } from '#domain/kernel/id.ts'

/** How much the complainant gives of who they are. */
export const identityModes = ['anonymous', 'confidential', 'named'] as const
export type IdentityMode = (typeof identityModes)[number]

export const safetyAnswers = ['safe', 'unsure', 'unsafe'] as const

/** The questions, in the order in which they are asked; what an interrupted intake shows as ticked. */
export const intakeSteps = ['safety', 'notice', 'who', 'what', 'wish', 'consent'] as const
export type IntakeStep = (typeof intakeSteps)[number]

const id = z.string().check(z.refine(isId))
const line = z.string().check(z.maxLength(300))
const long = z.string().check(z.maxLength(20_000))

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
  category: z.optional(line),
  what: z.optional(long),
  where: z.optional(line),
  when: z.optional(line),
  respondent: z.optional(line),
  wish: z.optional(long),
  /** Explicit consent to send, and to hold sensitive data (PDPA section 26), given last. */
  consentToSend: z.optional(z.boolean()),
  consentSensitive: z.optional(z.boolean()),
})
export type IntakeAnswers = z.infer<typeof intakeAnswers>

/** One part of a complaint, as it is inside the envelope. Bound to its record, so that envelopes cannot be swapped. */
export const sealedPart = z.looseObject({
  format: z.literal(1),
  record: id,
  part: z.string(),
  /** 12 signs on the slip that the complainant takes along. */
  number: z.string(),
  author: id,
  device: z.string(),
  /** Milliseconds; the exact time is inside only. */
  takenAt: z.int(),
  place: z.optional(z.string()),
  /** False for a snapshot of an interrupted intake that was sent as it was. */
  finished: z.boolean(),
  answers: intakeAnswers,
})
export type SealedPart = z.infer<typeof sealedPart>

/** A note of the desk, inside its seal. */
export const sealedNote = z.looseObject({ format: z.literal(1), case: id, key: z.string(), text: long })
export type SealedNote = z.infer<typeof sealedNote>
