export type Curriculum = {
  /** 180 by default; a setting per audience. */
  thresholdMinutes: number
  modules: readonly { code: string; minutes: number }[]
  requireAllModules: boolean
}

/** What one person attended in one session, from `moduleMinutes`. */
export type AttendedSession = { session: string; minutes: Readonly<Record<string, number>> }

/** The best single attendance of a module; `session` is null while the module has not been attended. */
export type ModuleProgress = { code: string; minutes: number; session: string | null }

export type CompletionResult = {
  completed: boolean
  /** Over distinct modules of the curriculum. */
  minutes: number
  missingMinutes: number
  /** Modules not yet attended at all, in curriculum order; empty when the curriculum does not ask for each. */
  missingModules: string[]
  /** In curriculum order. */
  perModule: ModuleProgress[]
}

export type CompletionExplanation = {
  key: 'completed' | 'short-minutes' | 'short-modules' | 'short-both' | 'nothing-yet'
  minutes: number
  missingMinutes: number
  modules: string[]
}

/**
 * The rule of the curriculum: the minutes attended over distinct modules reach the threshold, and, where asked,
 * no module is left out. A module heard twice counts once, by its best single attendance; two halves of it in two
 * sessions may be the same half. A module that is not in the curriculum counts nothing.
 */
export function completionOf(attended: readonly AttendedSession[], curriculum: Curriculum): CompletionResult {
  const best = bestAttendances(attended)
  const codes = [...new Set(curriculum.modules.map((module) => module.code))]
  const perModule = codes.map((code) => best.get(code) ?? { code, minutes: 0, session: null })
  const minutes = perModule.reduce((sum, module) => sum + module.minutes, 0)
  const missingMinutes = Math.max(0, curriculum.thresholdMinutes - minutes)
  const unattended = perModule.filter((module) => module.minutes === 0).map((module) => module.code)
  const missingModules = curriculum.requireAllModules ? unattended : []
  return {
    completed: missingMinutes === 0 && missingModules.length === 0,
    minutes,
    missingMinutes,
    missingModules,
    perModule,
  }
}

function bestAttendances(attended: readonly AttendedSession[]): Map<string, ModuleProgress> {
  const best = new Map<string, ModuleProgress>()
  // Sorted, so that of two equal attendances every device names the same session.
  const inOrder = attended.toSorted((a, b) => Number(a.session > b.session) - Number(a.session < b.session))
  for (const { session, minutes } of inOrder) {
    for (const [code, count] of Object.entries(minutes)) {
      if (count > (best.get(code)?.minutes ?? 0)) best.set(code, { code, minutes: count, session })
    }
  }
  return best
}

/** The parts of the sentence that says whether the person has completed, and if not, what is missing. */
export function explainCompletion(result: CompletionResult): CompletionExplanation {
  const { minutes, missingMinutes, missingModules } = result
  return { key: sentenceKey(result), minutes, missingMinutes, modules: missingModules }
}

function sentenceKey(result: CompletionResult): CompletionExplanation['key'] {
  if (result.completed) return 'completed'
  if (result.minutes === 0) return 'nothing-yet'
  if (result.missingModules.length === 0) return 'short-minutes'
  return result.missingMinutes === 0 ? 'short-modules' : 'short-both'
}
