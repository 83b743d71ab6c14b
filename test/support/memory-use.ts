import { readFileSync } from 'node:fs'

/** Resident memory of a process now, in MB. */
export const memoryUse = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024
