/** Locks as the leader needs them: held until released, and freed by the browser when the tab dies. */
export interface LeaderLock {
  /** Runs `lead` once this tab holds the lock, and gives the lock back when its promise resolves. */
  hold(name: string, lead: () => Promise<void>, how?: Holding): void
}

interface Holding {
  /** Takes it from whoever has it. */
  readonly steal: boolean
  /** Another tab has taken it. */
  lost(): void
}

export const webLeaderLock: LeaderLock = {
  hold(name, lead, { steal, lost } = { steal: false, lost: () => undefined }) {
    if (navigator.locks) navigator.locks.request(name, { steal }, lead).catch(lost)
    else void lead()
  },
}

interface Leading {
  resign(): void
  /** Leads from now on, whoever did: for when that tab says nothing any more. */
  takeOver(): void
}

/** One tab exchanges with the server at a time. `begin` starts it and answers how to end it. */
export const lead = (lock: LeaderLock, begin: () => () => void): Leading => {
  let end = () => {}
  let leads = false
  let waits = false
  let resigned = false

  const stand = (steal: boolean) => {
    if (!steal) waits = true
    lock.hold(
      'bowon-leader',
      () => {
        if (!steal) waits = false
        if (resigned) return Promise.resolve()
        leads = true
        const finish = begin()
        return new Promise((resolve) => {
          end = () => {
            leads = false
            end = () => {}
            finish()
            resolve()
          }
        })
      },
      {
        steal,
        lost() {
          end()
          if (!resigned && !waits) stand(false)
        },
      },
    )
  }
  stand(false)
  return {
    resign() {
      resigned = true
      end()
    },
    takeOver() {
      if (!leads && !resigned) stand(true)
    },
  }
}
