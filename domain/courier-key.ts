/** The key that bundles are sealed to, endorsed by a key that signs receipts. */
export interface CourierKey {
  readonly id: string
  /** age recipient. */
  readonly public: string
  readonly endorsedBy: string
  /** Ed25519 of `courierKeyText` by that key, base64url. */
  readonly endorsement: string
}

export const courierKeyText = (id: string, recipient: string): string => `bowon courier key 1\n${id}\n${recipient}`
