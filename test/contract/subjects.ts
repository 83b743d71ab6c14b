import { afterAll, beforeAll, describe } from 'vitest'
import type { openStore, Store } from '#server/db/connect.ts'
import { startPostgres, type TestPostgres } from '#test/support/postgres.ts'
import { temporaryStore } from '#test/support/province.ts'

/** Runs one suite on both databases. `store()` is open while a test runs; `reopen` closes and opens it as a restart would. */
export const onBothDatabases = (
  title: string,
  suite: (subject: {
    store: () => Store
    reopen: () => Promise<void>
    options: () => Parameters<typeof openStore>[0]
  }) => void,
) => {
  describe.each(['SQLite', 'PostgreSQL'] as const)(`${title} on %s`, (database) => {
    let postgres: TestPostgres | undefined
    let opened: Awaited<ReturnType<typeof temporaryStore>>
    beforeAll(async () => {
      if (database === 'PostgreSQL') postgres = await startPostgres()
      opened = await temporaryStore(await postgres?.createDatabase())
    })
    afterAll(async () => {
      await opened?.end()
      await postgres?.stop()
    })
    suite({ store: () => opened.store, reopen: () => opened.reopen(), options: () => opened.options })
  })
}
