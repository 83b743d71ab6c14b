// What only an exchange or a sign-in does, or brings about: a revoked tablet forgets everything. `late.ts` fetches it when it is needed first.
export { signIn } from './after-sign-in.ts'
export { applyAnswer, reoffer } from './answer.ts'
export { becomeAnother } from './become-another.ts'
export { forgetEverything, forgetProvince } from './forget.ts'
export { prune } from './prune.ts'
export { forgetUnread, signOut } from './signed-out.ts'
export { savedAs, standing, withoutTwins } from './twins.ts'
export { couriers, unsent } from './unsent.ts'
