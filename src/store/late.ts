/** What no first screen needs. Whoever exchanges has it loaded already. */
export const late = () => import('./exchange-late.ts')
