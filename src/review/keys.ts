import { useEffect, useRef } from 'preact/hooks'

/** Keys by the place of the key, so that they work under the Thai layout too. */
export type Keys = Partial<Readonly<Record<'KeyJ' | 'KeyK' | 'KeyA' | 'KeyR' | 'help', () => void>>>

const typing = 'input, textarea, select, [contenteditable]'

/** Single keys for a whole screen: silent while somebody types, chooses in a dialog, or holds a modifier. */
export const useKeys = (keys: Keys): void => {
  const current = useRef(keys)
  current.current = keys
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing || event.repeat) return
      if ((event.target as Element).closest?.(typing) || document.querySelector('dialog[open]')) return
      const wanted = event.key === '?' || (event.shiftKey && event.code === 'Slash') ? 'help' : event.code
      const act = event.shiftKey && wanted !== 'help' ? undefined : current.current[wanted as keyof Keys]
      if (!act) return
      event.preventDefault()
      act()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])
}
