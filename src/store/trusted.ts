interface Policy {
  createScriptURL(url: string): string
}
interface PolicyFactory {
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): Policy
}

let policy: Policy | null | undefined

/** Under Trusted Types a worker's address must come from a policy; only our own files pass it. */
export const workerUrl = (url: string | URL): string => {
  const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory }
  policy ??= trustedTypes?.createPolicy('bowon', { createScriptURL: ownFile }) ?? null
  return policy ? policy.createScriptURL(String(url)) : ownFile(String(url))
}

const ownFile = (url: string): string => {
  const { origin, href } = new URL(url, location.href)
  if (origin !== location.origin) throw new TypeError('a worker must be one of our own files')
  return href
}
