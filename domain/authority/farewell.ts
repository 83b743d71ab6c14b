/**
 * The server's word that a tablet was revoked, signed by a receipt key (docs/authority.md, A10): nothing else makes a tablet erase itself.
 */
export interface Farewell {
  /** The server's time, in milliseconds. */
  readonly time: number
  /** Ed25519 over `farewellText`, base64url. */
  readonly signature: string
}

/** The exact text that is signed. */
export const farewellText = (province: string, device: string, time: number): string =>
  `bowon farewell 1\n${province}\n${device}\n${time}`
