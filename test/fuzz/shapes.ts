import fc from 'fast-check'
import * as z from 'zod/mini'

/** Values that are something in the province that is fuzzed: ids, names, days, credentials. */
export type Pool = readonly string[]

interface Shape {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Shape | boolean
  readonly items?: Shape
  readonly anyOf?: readonly Shape[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
}

/** What every language and every database stumbles over. */
const awkward = [
  ...['', ' ', '\0', '\n', '\u2028', '\ud800', '__proto__', 'constructor', 'toString', '🫥'.repeat(30), 'ก็่้'.repeat(40)],
  ...['=1+1', "';--", '%00', '../../etc/passwd', '9'.repeat(400), '1e309', 'NaN', '0000-00-00', '2569-02-30', 'null'],
]
export const texts = (pool: Pool): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...pool) },
    { weight: 2, arbitrary: fc.constantFrom(...awkward) },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
    { weight: 1, arbitrary: fc.nat(3000).map((length) => 'ยาว'.repeat(length)) },
  )

const numbers = fc.oneof(
  fc.nat(40),
  fc.constantFrom(-1, 0.5, 2 ** 31, 2 ** 53 - 1, 2 ** 53, 1e21, -0, Date.now(), Number.MAX_VALUE),
)

const rubbish = (pool: Pool): fc.Arbitrary<unknown> =>
  fc.oneof(texts(pool), numbers, fc.boolean(), fc.constant(null), fc.jsonValue({ maxDepth: 3 }))

/** Mostly of the shape, and in every tenth part of it something else: nothing, another type, a name that nobody knows. */
const ofShape = (shape: Shape, pool: Pool): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 12, arbitrary: exactly(shape, pool) }, { weight: 1, arbitrary: rubbish(pool) })

const exactly = (shape: Shape, pool: Pool): fc.Arbitrary<unknown> => {
  if (shape.const !== undefined) return fc.constant(shape.const)
  if (shape.enum) return fc.constantFrom(...shape.enum)
  if (shape.anyOf?.length) return fc.oneof(...shape.anyOf.map((one) => ofShape(one, pool)))
  switch (shape.type) {
    case 'string':
      return texts(pool)
    case 'number':
    case 'integer':
      return numbers
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return fc.array(shape.items ? ofShape(shape.items, pool) : rubbish(pool), { maxLength: 6 })
    case 'object':
      return objects(shape, pool)
    default:
      return rubbish(pool)
  }
}

const objects = ({ properties = {}, additionalProperties }: Shape, pool: Pool): fc.Arbitrary<unknown> => {
  const parts = Object.entries(properties).map(
    ([name, part]) => [name, fc.option(ofShape(part, pool), { freq: 15, nil: undefined })] as const,
  )
  const more = typeof additionalProperties === 'object' ? ofShape(additionalProperties, pool) : rubbish(pool)
  const unknown = fc.option(fc.dictionary(texts(pool), more, { maxKeys: 4 }), {
    freq: Object.keys(properties).length ? 1 : 6,
  })
  return fc.tuple(fc.record(Object.fromEntries(parts)), unknown).map(([own, other]) => ({ ...own, ...other }))
}

/** Values by what a schema declares, off the mark here and there. */
export const valuesOf = (schema: z.ZodMiniType, pool: Pool): fc.Arbitrary<unknown> =>
  ofShape(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape, pool)
