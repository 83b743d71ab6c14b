/** Bounds of one exchange, the same on both sides. */
export const limits = {
  /** Bytes of a request after inflating. */
  requestBytes: 1_500_000,
  /** Bytes of one change's line. */
  lineBytes: 600_000,
  /** How many times larger a body may become when it is inflated. */
  inflateRatio: 40,
  changes: 500,
  /** Numbers that a tablet may leave out; a restored server has forgotten far fewer. */
  gapInNumbers: 1_000_000,
  /** Bytes of records in an answer; and while the device still has something to send. */
  answerBytes: 700_000,
  answerBytesWhileSending: 16_000,
  /** How many of the devices that a tablet was before it names, but for the last, when somebody signs in on it. */
  formerDevices: 20,
} as const
