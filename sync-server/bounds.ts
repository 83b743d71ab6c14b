/**
 * How much of everything the server takes, and why so much. None of it drops anything: whoever finds no room is told when to come again (429 or 503
 * with `Retry-After`), and a tablet keeps what it has until it is taken in. Bounds of one exchange, which tablets know too, are in domain/limits.ts.
 *
 * The busiest tablet that we think of is that of a school with eight hundred pupils: 24,000 records and 48,000 lines (an entry and a mark each) in the
 * thirty school days of six weeks without a network, all sent on one day. It is never slowed.
 */
export const bounds = {
  /** Lines of a tablet, the same ones sent again too. Somebody who makes them up is left with three a second. */
  lines: { atOnce: 60_000, perHour: 12_000 },
  /** Records that a tablet begins: each is a row that every reader of its place takes in. */
  newRecords: { atOnce: 30_000, perHour: 3_000 },
  /** Lines of a tablet that are kept back: six weeks of a tablet that was revoked by mistake are held whole. */
  heldLines: { atOnce: 50_000, perHour: 3_000 },
  /** Tablets that come in under one person's sign-in: whoever prepares two hundred of them in a day is not slowed. */
  enrolments: { atOnce: 300, perHour: 30 },
  /** Lines of one sealed bundle. A tablet cuts them at 600 kB, and no capture takes less than 120 bytes. */
  bundleLines: 5_000,

  /** Bytes of bodies that lie in memory at once, of senders who are known: two of the largest at a time of each. */
  knownBodies: { all: 96_000_000, each: 6_000_000 },
  /** And of strangers, by their address: 250 who each held 1.4 MB once made the server grow by 330 MB. */
  strangersBodies: { all: 12_000_000, each: 3_000_000 },
  /** Milliseconds within which a stranger's body must have come: a sign-in is small, and whoever takes longer only holds room. */
  strangersPatience: 30_000,
  /** Seconds until there may be room again for a body. */
  comeAgainAfter: 5,
  /** Hundreds of tablets may return at once, and the database takes one batch at a time anyway. */
  batchesAtOnce: 8,

  /** Streams of news, in all and of one session: a browser opens one for each tab. */
  streams: { all: 5000, each: 12 },
  /** Seconds until one of them may have been closed. */
  streamAgainAfter: 60,

  /** Passwords of strangers that wait to be compared, in all and of one address, which may be a school with its new tablets: a dozen take a second. */
  strangersGuesses: { all: 48, each: 16 },
  /**
   * And how many are compared at once. Each takes 19 MB and a core for some twenty milliseconds, on the few threads that unpack bodies too: without
   * this, 130 strangers made a push of an officer take two seconds. Tablets that prove themselves wait for none of them.
   */
  strangersGuessesAtOnce: 1,

  /** Guesses by address: a whole school is one, and limits per account come first; this only stops a flood. */
  guesses: { most: 600, minutes: 15 },
  /** Bytes of held lines in one answer to an administrator; the rest follows as these are settled. */
  heldShown: 2_000_000,
} as const
