import { sessionLasts } from '#server/people/sessions.ts'

/** `__Host-` binds the cookie to this origin over HTTPS; on localhost without HTTPS the prefix is not allowed. */
const cookieName = (secure: boolean) => (secure ? '__Host-bowon' : 'bowon')

/** The session's token; null when the header has none, or anything that is not a token. */
export const readToken = (header: string | undefined, secure: boolean): string | null => {
  const wanted = `${cookieName(secure)}=`
  const found = (header ?? '').split(/;\s*/).find((part) => part.startsWith(wanted))
  const token = found?.slice(wanted.length)
  return token && /^[\w-]{43}$/.test(token) ? token : null
}

/** The `Set-Cookie` header that gives a token, or with null takes it away. */
export const setToken = (token: string | null, secure: boolean): string => {
  const age = token === null ? 0 : sessionLasts / 1000
  return `${cookieName(secure)}=${token ?? ''}; Max-Age=${age}; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`
}
