import { moduleRuns } from '#domain/training/session-times.ts'
import { listOf, t } from '#src/i18n/index.ts'
import { fieldLabel } from '#src/i18n/records.ts'
import { useApp } from '#src/session/context.ts'
import type { SessionView } from '../parts/types.ts'
import { moduleName, useCurricula } from '../parts/use-curricula.ts'
import { w } from '../words.ts'

/** What was planned and what was delivered. */
export const SessionFacts = ({ session }: { session: SessionView }) => {
  const { names } = useApp()
  const curricula = useCurricula()
  const { values } = session
  const runs = moduleRuns(values)
  const trainers = Object.entries(values.trainers ?? {}).map(([id, { name }]) => name ?? names.staffName(id))
  if (runs.length === 0 && trainers.length === 0 && !values.note) return null
  return (
    <section class="ruled stack stack--tight">
      <h2>{w('facts')}</h2>
      {trainers.length > 0 && (
        <p>
          <span class="muted">{fieldLabel('training-session', 'trainers')}</span> {listOf(trainers)}
        </p>
      )}
      {runs.length > 0 && (
        <ol class="facts-modules">
          {runs.map(({ code, plannedMinutes, actualMinutes }) => (
            <li key={code}>
              <span>
                <span class="faint">{code}</span> {moduleName(code, curricula)}
              </span>
              <span class="muted nb">
                {actualMinutes === null || actualMinutes === undefined
                  ? t('minutes', { n: plannedMinutes })
                  : w('modules.actualOf', { n: actualMinutes, of: plannedMinutes })}
              </span>
            </li>
          ))}
        </ol>
      )}
      {values.note && <p class="facts-note">{values.note}</p>}
    </section>
  )
}
