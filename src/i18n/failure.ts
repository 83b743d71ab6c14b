import type { Failure, FailureCode } from '#domain/kernel/failure.ts'
import { defineArea } from './area.ts'
import th from './th/failure.ts'

const words = defineArea<Record<FailureCode, string>>({ th, en: () => import('./en/failure.ts') })

/** The sentence for a failure, in the reader's language. */
export const failureText = (failure: Pick<Failure, 'code'>): string => words(failure.code)
