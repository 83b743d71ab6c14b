import { useEffect, useState } from 'preact/hooks'

const wide = '(min-width: 1000px)'

/** Whether list and detail stand side by side; the same width as in review.css. */
export const useWide = (): boolean => {
  const [matches, setMatches] = useState(() => matchMedia(wide).matches)
  useEffect(() => {
    const query = matchMedia(wide)
    const follow = () => setMatches(query.matches)
    query.addEventListener('change', follow)
    return () => query.removeEventListener('change', follow)
  }, [])
  return matches
}
