import { type IntakeStep, intakeSteps } from '#domain/complaint/content.ts'
import { Icon } from '#src/ui/icon.tsx'
import { w } from './words.ts'

/** Which questions were answered, and nothing of what was said. */
export const TickedSteps = ({ ticked }: { ticked: readonly IntakeStep[] }) => (
  <div>
    <p class="small strong">{w('interrupted.ticked')}</p>
    <ul class="ticked">
      {intakeSteps
        .filter((step) => ticked.includes(step))
        .map((step) => (
          <li key={step}>
            <Icon name="check" size={20} />
            {w(`steps.${step}`)}
          </li>
        ))}
    </ul>
  </div>
)
