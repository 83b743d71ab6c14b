import fc from 'fast-check'
import { bundleText } from '#domain/bundle.ts'
import type { Field } from '#domain/fields/field.ts'
import { syncHeader } from '#domain/protocol.ts'
import { recordKinds } from '#domain/records/index.ts'
import type { Route } from '#server/endpoint.ts'
import { type Pool, texts, valuesOf } from './shapes.ts'

/** Who asks, by name; null: somebody who shows nothing. */
export type Caller = string | null

/** One request, and what a sealed one holds before it is sealed. */
export interface Input {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly caller: Caller
  readonly type: string
  readonly packed: boolean
  readonly body: string | null
  readonly isToBeSealed: boolean
  readonly address: string
}

export interface World {
  readonly pool: Pool
  readonly callers: readonly Caller[]
  readonly province: string
  /** Device and credential of whoever pushes; by caller. */
  readonly tablets: readonly { readonly device: string; readonly credential: string; readonly author: string }[]
}

/** A capture by what its kind declares, or a line that is none. */
const lines = ({ pool, tablets }: World): fc.Arbitrary<string> => {
  const ofKind = fc.oneof(
    ...recordKinds.map(({ kind, version, fields }) => {
      const parts = Object.entries(fields as Record<string, Field>).map(
        ([name, field]) => [name, fc.option(valuesOf(field.schema, pool), { freq: 3, nil: undefined })] as const,
      )
      return fc.record({
        kind: fc.constant(kind),
        v: fc.constantFrom(version, version, version + 1),
        set: fc.record(Object.fromEntries(parts)),
      })
    }),
  )
  const envelope = fc.record({
    n: fc.oneof(fc.integer({ min: 1, max: 3000 }), fc.constantFrom(0, -1, 2 ** 53 - 1, 1.5)),
    author: fc.oneof(fc.constantFrom(...tablets.map(({ author }) => author)), texts(pool)),
    at: fc.oneof(fc.nat(2 ** 31), fc.constantFrom(-1, Date.now(), 2 ** 53)),
    seen: fc.constantFrom(0, 1, Date.now(), -5),
    record: texts(pool),
    replaces: fc.option(fc.nat(50), { freq: 1, nil: undefined }),
    base: fc.option(fc.record({ epoch: texts(pool), seq: fc.nat(100) }), { freq: 1, nil: undefined }),
  })
  const change = fc.tuple(envelope, ofKind).map(([one, what]) => JSON.stringify({ ...one, ...what }))
  const proven = fc
    .tuple(change, texts(pool), fc.string({ maxLength: 90 }))
    .map(([line, key, by]) => `${line}\t${key}.${by}`)
  return fc.oneof(
    { weight: 8, arbitrary: change },
    { weight: 1, arbitrary: proven },
    { weight: 1, arbitrary: texts(pool) },
  )
}

const pushes = (world: World): fc.Arbitrary<string> =>
  fc
    .tuple(
      valuesOf(syncHeader, world.pool),
      fc.constantFrom(...world.tablets),
      fc.boolean(),
      fc.array(lines(world), { maxLength: 12 }),
    )
    .map(([header, { device }, isOwn, sent]) => {
      const head = isOwn ? { protocol: 2, device, now: Date.now() } : header
      return [JSON.stringify(head), ...sent].join('\n')
    })

const bundles = (world: World): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(...world.tablets),
      texts(world.pool),
      fc.boolean(),
      fc.array(lines(world), { maxLength: 12 }),
    )
    .map(([{ device, credential }, province, isOwn, sent]) =>
      bundleText({ province: isOwn ? world.province : province, device, credential, lines: sent }),
    )

const deep = '{"a":'.repeat(5000)
const bodies = (route: Route, world: World): fc.Arbitrary<Pick<Input, 'body' | 'isToBeSealed'>> => {
  const { body } = route
  const unlike = fc.oneof(
    texts(world.pool),
    fc.constantFrom('', deep, '[]', 'null', '{"__proto__":{"x":1}}', '\ufeff{}'),
  )
  if (body === null) return fc.constant({ body: null, isToBeSealed: false })
  const plain = (of: fc.Arbitrary<string>) => of.map((text) => ({ body: text, isToBeSealed: false }))
  if (body !== 'text') {
    const json = valuesOf(body, world.pool).map((value) => JSON.stringify(value) ?? '')
    return fc.oneof({ weight: 9, arbitrary: plain(json) }, { weight: 1, arbitrary: plain(unlike) })
  }
  const sealed = bundles(world).map((text) => ({ body: text, isToBeSealed: true }))
  if (route.path === '/api/courier')
    return fc.oneof({ weight: 4, arbitrary: sealed }, { weight: 1, arbitrary: plain(unlike) })
  return fc.oneof({ weight: 9, arbitrary: plain(pushes(world)) }, { weight: 1, arbitrary: plain(unlike) })
}

const queries = (pool: Pool) =>
  fc.dictionary(fc.constantFrom('from', 'to', 'personal', 'withdrawn', 'before', 'desk-list', 'x'), texts(pool), {
    maxKeys: 3,
  })

/** Requests to one route, as it is declared. */
const requestsTo = (route: Route, world: World): fc.Arbitrary<Input> => {
  const names = route.path.match(/:\w+/g) ?? []
  return fc
    .record({
      values: fc.tuple(...names.map(() => texts(world.pool))),
      query: fc.option(queries(world.pool), { freq: 1, nil: {} }),
      caller: fc.constantFrom(...world.callers),
      type: fc.constantFrom(
        ...(route.body === 'text' ? ['text/plain'] : ['application/json']),
        'application/json',
        'x/y',
      ),
      packed: fc.boolean(),
      address: fc.ipV4(),
      sent: bodies(route, world),
    })
    .map(({ values, query, sent, ...rest }) => {
      const path = names.reduce<string>((whole, name, i) => whole.replace(name, asPart(values[i]!)), route.path)
      const asked = new URLSearchParams(query as Record<string, string>).toString()
      return {
        ...rest,
        ...sent,
        method: route.method === 'get' ? 'GET' : 'POST',
        path: asked ? `${path}?${asked}` : path,
      }
    })
}

/** A lone half of a sign cannot stand in an address at all. */
const asPart = (text: string) => encodeURIComponent(text.toWellFormed()).slice(0, 4000) || '%20'

/** Requests to every route there is; what tablets push and bring as often as all the others. */
export const requests = (routes: readonly Route[], world: World): fc.Arbitrary<Input> => {
  const isText = ({ body }: Route) => body === 'text'
  return fc.oneof(
    { weight: 2, arbitrary: fc.oneof(...routes.filter((one) => !isText(one)).map((one) => requestsTo(one, world))) },
    { weight: 1, arbitrary: fc.oneof(...routes.filter(isText).map((one) => requestsTo(one, world))) },
  )
}
