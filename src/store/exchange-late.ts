// What only an exchange does. `exchange.ts` fetches it when the first screen is drawn and an exchange begins.
export { applyAnswer, reoffer } from './answer.ts'
export { becomeAnother } from './become-another.ts'
export { prune } from './prune.ts'
export { couriers, unsent } from './unsent.ts'
