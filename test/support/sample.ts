import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { RecordState } from '#domain/merge.ts'
import { view } from '#domain/view.ts'
import { sqliteFile } from '#server/db/sqlite.ts'
import { type RunningServer, startServer } from './whole-server.ts'

/** A server on sample data, and who can sign in there. */
export interface Sample {
  readonly server: RunningServer
  readonly password: string
  readonly deskPassphrase: string
  readonly usernames: Readonly<Record<'officer' | 'supervisor' | 'administrator' | 'observer', string>>
  /** Every record that lies on the server now. */
  records(): readonly SampleRecord[]
  end(): Promise<void>
}

export interface SampleRecord {
  readonly id: string
  readonly kind: string
  readonly values: Readonly<Record<string, unknown>>
}

interface SignInOffer {
  readonly username: string
  readonly password: string
  readonly roles: readonly string[]
}

export const startSample = async (): Promise<Sample> => {
  const server = await startServer()
  const answer = await fetch(`${server.url}/api/setup`, {
    method: 'POST',
    headers: { 'Bowon-Request': '1', Origin: server.url, 'Content-Type': 'application/json' },
    body: JSON.stringify({ code: server.setUpCode(), mode: 'sample' }),
  })
  const { signIns, deskPassphrase } = (await answer.json()) as {
    signIns: readonly SignInOffer[]
    deskPassphrase: string
  }
  const withRole = (role: string) => signIns.find(({ roles }) => roles.includes(role))!.username
  return {
    server,
    password: signIns[0]!.password,
    deskPassphrase,
    usernames: {
      officer: withRole('officer'),
      supervisor: withRole('desk'),
      administrator: withRole('administrator'),
      observer: withRole('observer'),
    },
    records() {
      const database = new DatabaseSync(sqliteFile(join(server.dataDir, 'sample')), { readOnly: true })
      const rows = database.prepare('select body from records').all() as unknown as { body: string }[]
      database.close()
      return rows.map(({ body }) => view(JSON.parse(body) as RecordState) as unknown as SampleRecord)
    },
    async end() {
      await server.stop()
      server.forget()
    },
  }
}
