import type { RecordId } from '#domain/kernel/id.ts'
import { curriculumFor, modulesInOrder } from '#domain/training/curriculum-for.ts'
import { t } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import { Button } from '#src/ui/button.tsx'
import type { FieldText } from '#src/ui/field.tsx'
import { Group } from '#src/ui/group.tsx'
import { Icon } from '#src/ui/icon.tsx'
import { IconButton } from '#src/ui/icon-button.tsx'
import { NumberField } from '#src/ui/number-field.tsx'
import { SelectField } from '#src/ui/select-field.tsx'
import type { SessionValues } from '../parts/types.ts'
import { type CurriculumView, moduleName } from '../parts/use-curricula.ts'
import { w } from '../words.ts'
import type { Modules } from './with-curriculum.ts'

/** Which modules are taught, how long, and by whom; those of the audience's curriculum are offered. */
export const ModulesField = (props: {
  text: FieldText
  values: SessionValues
  curricula: readonly CurriculumView[]
  onChange: (modules: Modules) => void
}) => {
  const { names } = useApp()
  const { values, curricula, onChange } = props
  const modules = values.modules ?? {}
  const fitting = curriculumFor(values.audience, curricula)
  const offered = fitting ? modulesInOrder(fitting.values) : []
  const chosen = Object.entries(modules).sort(([, a], [, b]) => (a.order ?? 99) - (b.order ?? 99))
  const left = offered.filter(([code]) => !modules[code])
  const total = chosen.reduce((sum, [, { planned }]) => sum + (planned ?? 0), 0)
  const trainers = Object.entries(values.trainers ?? {}).filter(([id]) => names.staffName(id) !== '…')
  const alter = (code: string, parts: Partial<Modules[string]>) =>
    onChange({ ...modules, [code]: { ...modules[code], ...parts } })
  const add = (codes: readonly (typeof offered)[number][]) => {
    const begin = Math.max(0, ...chosen.map(([, { order }]) => order ?? 0)) + 1
    const added = codes.map(([code, { minutes }], at) => [code, { on: true, order: begin + at, planned: minutes ?? 0 }])
    onChange({ ...modules, ...Object.fromEntries(added) })
  }
  const remove = (code: string) => {
    const { [code]: _, ...rest } = modules
    onChange(rest)
  }
  const threshold = fitting?.values.thresholdMinutes

  return (
    <Group {...props.text} hint={fitting?.values.name}>
      {chosen.length > 0 && (
        <ol class="modules">
          {chosen.map(([code, module]) => (
            <li key={code} class="module">
              <p class="module__name">
                <span class="faint">{code}</span> {moduleName(code, curricula)}
              </p>
              <div class="module__fields">
                <NumberField
                  id={`module-${code}`}
                  label={w('modules.minutesOf', { module: code })}
                  hideLabel
                  value={module.planned ?? undefined}
                  max={600}
                  suffix={w('minutes')}
                  onChange={(planned) => alter(code, { planned: planned ?? null })}
                />
                {trainers.length > 1 && (
                  <SelectField
                    id={`module-${code}-trainer`}
                    label={w('modules.trainerOf', { module: code })}
                    hideLabel
                    placeholder={w('modules.anyTrainer')}
                    value={module.trainer ?? ''}
                    options={trainers.map(([id]) => ({ value: id, label: names.staffName(id) }))}
                    onChange={(trainer) => alter(code, { trainer: (trainer || null) as RecordId | null })}
                  />
                )}
                <IconButton icon="x" label={w('modules.remove', { module: code })} onClick={() => remove(code)} />
              </div>
            </li>
          ))}
        </ol>
      )}
      <div class="modules__total">
        <p>{threshold ? w('modules.totalOf', { n: total, of: threshold }) : w('modules.total', { n: total })}</p>
        {left.length > 1 && (
          <Button variant="plain" size="small" icon="list-checks" onClick={() => add(left)}>
            {w('modules.addAll')}
          </Button>
        )}
      </div>
      {left.length > 0 && (
        <ul class="modules-left">
          {left.map((one) => (
            <li key={one[0]}>
              <button type="button" class="module-left" onClick={() => add([one])}>
                <Icon name="plus" />
                <span>
                  <span class="faint">{one[0]}</span> {moduleName(one[0], curricula)}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {curricula.length === 0 && <p class="muted">{w('modules.noCurriculum')}</p>}
      <span class="visually-hidden" role="status">
        {t('minutes', { n: total })}
      </span>
    </Group>
  )
}
