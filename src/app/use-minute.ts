import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

/** The time, renewed with every minute and when the screen comes back. */
export const useMinute = (): number => {
  const now = useSignal(Date.now())
  useEffect(() => {
    const renew = () => {
      now.value = Date.now()
    }
    const timer = setInterval(renew, 60_000)
    document.addEventListener('visibilitychange', renew)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', renew)
    }
  }, [])
  return now.value
}
