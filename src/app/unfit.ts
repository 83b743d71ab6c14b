/** What this browser lacks for Bowon to keep its promises; an empty list when nothing. */
export const missingAbilities = async (): Promise<readonly string[]> => {
  const missing: string[] = []
  if (typeof indexedDB === 'undefined') missing.push('IndexedDB')
  if (!crypto.subtle) missing.push('WebCrypto')
  else if (!(await verifiesEd25519())) missing.push('Ed25519')
  if (typeof CompressionStream === 'undefined') missing.push('CompressionStream')
  return missing
}

const verifiesEd25519 = async (): Promise<boolean> => {
  try {
    await crypto.subtle.importKey('raw', new Uint8Array(32), 'Ed25519', false, ['verify'])
    return true
  } catch {
    return false
  }
}
