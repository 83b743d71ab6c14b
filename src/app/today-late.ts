// What Today shows below or after the first look: one chunk, since each costs the first screen its name.
export { DeskToday } from './desk-today.tsx'
export { OtherRecords } from './other-records.tsx'
