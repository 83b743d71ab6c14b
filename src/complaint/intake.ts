import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { answeredSteps, type IntakeAnswers, type IntakeStep, type SealedPart } from '#domain/complaint/content.ts'
import { type DeskList, recipientsOf } from '#domain/complaint/desk-list.ts'
import type { InterruptedIntake, KeptPart } from '#domain/complaint/interrupted.ts'
import { slipNumber } from '#domain/complaint/slip-number.ts'
import { dayOfInstant } from '#domain/kernel/day.ts'
import type { Failure } from '#domain/kernel/failure.ts'
import { type DeviceId, newId, type RecordId, type StaffId } from '#domain/kernel/id.ts'
import { ok, type Result } from '#domain/kernel/result.ts'
import type { Draft, Edit, Saved, SaveResult } from '#src/store/types.ts'

/** What taking a complaint needs of the world. */
export interface IntakePorts {
  readonly list: DeskList
  readonly author: StaffId
  readonly device: DeviceId
  readonly place: string | undefined
  now(): number
  random(length: number): Uint8Array
  seal(text: string, recipients: readonly string[]): Promise<string>
  draft(record: RecordId): Draft<InterruptedIntake>
  save(edit: Edit): SaveResult<Saved>
}

export interface Slip {
  readonly number: string
  readonly takenAt: number
  /** The complainant has said how they can be reached: the desk answers in no other way. */
  readonly reachable: boolean
}

/** One sitting with a complainant. What is told exists here, in memory, and sealed on the tablet at most two seconds behind. */
export interface Intake {
  readonly record: RecordId
  readonly answers: ReadonlySignal<IntakeAnswers>
  /** When the sealed snapshot was last kept; null while there is nothing to keep. */
  readonly keptAt: ReadonlySignal<number | null>
  /** The tablet could not keep the last snapshot. */
  readonly unkept: ReadonlySignal<boolean>
  readonly slip: ReadonlySignal<Slip | null>
  /** Questions of earlier sittings that were answered; their answers are out of reach. */
  readonly tickedBefore: readonly IntakeStep[]
  set<N extends keyof IntakeAnswers>(name: N, value: IntakeAnswers[N]): void
  /** Seals everything for the desk; afterwards nothing of it is left here but the slip. */
  submit(): Promise<Result<Slip, Failure>>
  /** Keeps the sealed snapshot and forgets the answers. */
  leave(): Promise<void>
}

const snapshotAfterMs = 1000

export const createIntake = (ports: IntakePorts, before: InterruptedIntake | null): Intake => {
  const record = (before?.record ?? newId<RecordId>(ports.random)) as RecordId
  const key = newId<RecordId>(ports.random)
  const number = slipNumber(ports.random)
  const startedOn = before?.startedOn ?? dayOfInstant(ports.now())
  const draft = ports.draft(record)
  const answers = signal<IntakeAnswers>({})
  const keptAt = signal<number | null>(null)
  const unkept = signal(false)
  const slip = signal<Slip | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let over = false
  let last: Promise<unknown> = Promise.resolve()

  const sealed = (finished: boolean) =>
    sealPart(ports, { record, part: key, number, finished, answers: answers.peek(), takenAt: ports.now() })

  const snapshot = async () => {
    const told = answers.peek()
    const ticked = answeredSteps(told)
    if (over || ticked.length === 0) return
    try {
      const part: KeptPart = { key, ticked, envelope: await sealed(false) }
      await draft.keep({ record, startedOn, parts: [...(before?.parts ?? []), part] })
      keptAt.value = ports.now()
      unkept.value = false
    } catch {
      unkept.value = true
    }
  }
  /** One after another, so that an older snapshot never lands on a newer one. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }
  const stopTimer = () => {
    clearTimeout(timer)
    timer = undefined
  }
  const forget = () => {
    over = true
    stopTimer()
    answers.value = {}
  }

  return {
    record,
    answers,
    keptAt,
    unkept,
    slip: computed(() => slip.value),
    tickedBefore: [...new Set(before?.parts.flatMap(({ ticked }) => ticked) ?? [])],
    set(name, value) {
      if (over) return
      const { [name]: _, ...rest } = answers.peek()
      answers.value = value === undefined || value === '' ? rest : { ...rest, [name]: value }
      timer ??= setTimeout(() => {
        timer = undefined
        void inTurn(snapshot)
      }, snapshotAfterMs)
    },
    submit: () =>
      inTurn(async () => {
        if (slip.peek()) return ok(slip.peek()!)
        const takenAt = ports.now()
        const { contact, safeContact } = answers.peek()
        const parts = [...(before?.parts ?? []), { key, envelope: await sealed(true) }]
        const saved = await saveParts(ports, record, parts, key)
        if (!saved.ok) return { ok: false, failure: saved.failure.failure }
        forget()
        slip.value = { number, takenAt, reachable: Boolean(contact || safeContact) }
        // a snapshot that cannot be removed is sealed and goes by itself after seven days
        await draft.discard().catch(() => undefined)
        return ok(slip.peek()!)
      }),
    async leave() {
      const waits = timer !== undefined || keptAt.peek() === null || unkept.peek()
      stopTimer()
      if (waits) await inTurn(snapshot)
      else await last
      forget()
      slip.value = null
    },
  }
}

/** Sends what was told before, with the complainant's consent as a part of its own. */
export const sendInterrupted = async (
  ports: IntakePorts,
  intake: InterruptedIntake,
): Promise<Result<void, Failure>> => {
  const record = intake.record as RecordId
  const key = newId<RecordId>(ports.random)
  const number = slipNumber(ports.random)
  const answers = { consentToSend: true, consentSensitive: true }
  const envelope = await sealPart(ports, {
    record,
    part: key,
    number,
    finished: false,
    answers,
    takenAt: ports.now(),
  })
  // under the key by which its snapshot is known to be sent
  const draftKey = intake.parts.at(-1)?.key ?? key
  const saved = await saveParts(ports, record, [...intake.parts, { key, envelope }], draftKey)
  if (!saved.ok) return { ok: false, failure: saved.failure.failure }
  await ports.draft(record).discard()
  return ok(undefined)
}

type Told = Pick<SealedPart, 'part' | 'number' | 'finished' | 'answers' | 'takenAt'> & { record: RecordId }

const sealPart = ({ seal, list, author, device, place }: IntakePorts, told: Told): Promise<string> => {
  const part: SealedPart = { format: 1, ...told, author, device, list: list.number, ...(place && { place }) }
  return seal(JSON.stringify(part), recipientsOf(list))
}

/** The whole of what stays clear: random ids, the desk, the day, and how large the padded envelopes are. */
const saveParts = (
  { save, list, device, now }: IntakePorts,
  record: RecordId,
  parts: readonly { readonly key: string; readonly envelope: string }[],
  key: string,
): SaveResult<Saved> =>
  save({
    kind: 'complaint',
    record,
    base: null,
    set: {
      desk: list.desk,
      receivedOn: dayOfInstant(now()),
      parts: Object.fromEntries(
        parts.map(({ key: name, envelope }) => [name, { on: true, envelope, size: envelope.length }]),
      ),
    },
    author: device as string as StaffId,
    key,
  })
