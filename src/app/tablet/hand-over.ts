import { dayOfInstant } from '#domain/kernel/day.ts'

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
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = file.name
  link.click()
  // the browser reads it after the click has been handled
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
  return true
}
