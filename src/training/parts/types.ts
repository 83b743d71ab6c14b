import type { Values } from '#domain/record-kind.ts'
import type { attendance } from '#domain/records/attendance.ts'
import type { person } from '#domain/records/person.ts'
import type { trainingSession } from '#domain/records/training-session.ts'
import type { RecordView } from '#src/store/types.ts'

export type SessionValues = Values<typeof trainingSession>
export type SessionView = RecordView<SessionValues>
export type PersonValues = Values<typeof person>
export type PersonView = RecordView<PersonValues>
export type AttendanceView = RecordView<Values<typeof attendance>>
