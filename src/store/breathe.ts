interface Scheduler {
  postTask(work: () => void): Promise<void>
}

/** Lets a waiting tap and the next frame go first. Where the browser cannot be asked for that, `wait` lets a turn pass. */
export const breathe = (
  wait: (ms: number) => Promise<void> = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
): Promise<void> => {
  const { scheduler } = globalThis as { scheduler?: Scheduler }
  return scheduler?.postTask ? scheduler.postTask(() => {}) : wait(0)
}
