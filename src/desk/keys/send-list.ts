import type { SignedDeskList } from '#domain/complaint/desk-list.ts'
import type { Failure } from '#domain/kernel/failure.ts'
import type { App } from '#src/session/context.ts'
import { askDesk, publish } from '../desk-state.ts'
import { unlocked } from '../unlocked.ts'

/** `unsigned`: none of the keys at hand may sign it. */
type Sent = 'published' | 'proposed' | 'unsigned' | Failure

/** Signs with the key that is open here and with the one on paper, where it was typed, and offers the list. */
export const sendList = async (
  { api, session }: Pick<App, 'api' | 'session'>,
  paper: string | null,
  make: (identities: readonly string[]) => Promise<SignedDeskList | null>,
): Promise<Sent> => {
  const identities = [unlocked.peek()?.identity, paper].filter((one) => typeof one === 'string')
  const signed = await make(identities)
  if (!signed) return 'unsigned'
  const answer = await publish(api, signed)
  if (!answer.ok) return answer.failure
  // what this browser seals to and what it shows go on together
  await session.refresh()
  await askDesk(api)
  return answer.value.published ? 'published' : 'proposed'
}
