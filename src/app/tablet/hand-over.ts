import { dayOfInstant } from '#domain/kernel/day.ts'
import { keepFile } from '#src/ui/keep-file.ts'

/** Text, because no browser shares a file whose kind it does not know. Nothing in the name tells whose it is. */
const nameOf = (now: number) => `bowon-sealed-${dayOfInstant(now)}.txt`

/** Hands a file to another app of the tablet (chat, Bluetooth, USB), or keeps it in the downloads. False when the person changed their mind. */
export const handOver = async (text: string, now: number): Promise<boolean> => {
  const file = new File([text], nameOf(now), { type: 'text/plain' })
  if (navigator.canShare?.({ files: [file] })) {
    try {
      await navigator.share({ files: [file] })
      return true
    } catch (cause) {
      if ((cause as Error).name === 'AbortError') return false
      // sharing is forbidden here; keeping it is not
    }
  }
  keepFile(file, file.name)
  return true
}
