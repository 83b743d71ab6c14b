/** One area of words: nested objects whose leaves are sentences with `{name}` for what is filled in. */
export interface Dictionary {
  readonly [key: string]: string | Dictionary
}

/** What Thai says in one way and another language in several, chosen by the parameter `n`. */
export interface Plural {
  readonly one: string
  readonly other: string
}

/** The shape another language has to fill: every key of the Thai dictionary, no more and no fewer. */
export type Same<T> = { readonly [K in keyof T]: T[K] extends string ? string | Plural : Same<T[K]> }

/** Every sentence of an area as a dotted path. */
export type Key<T> = {
  [K in keyof T & string]: T[K] extends string ? K : `${K}.${Key<T[K]>}`
}[keyof T & string]

type At<T, K extends string> = K extends `${infer Head}.${infer Rest}`
  ? Head extends keyof T
    ? At<T[Head], Rest>
    : never
  : K extends keyof T
    ? T[K]
    : never

type Names<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never

/** The parameters that the Thai sentence names; none for most sentences. */
export type Params<T, K extends string> = [Names<At<T, K>>] extends [never]
  ? []
  : [params: Readonly<Record<Names<At<T, K>>, string | number>>]

export type Translate<T> = <K extends Key<T>>(key: K, ...params: Params<T, K>) => string
