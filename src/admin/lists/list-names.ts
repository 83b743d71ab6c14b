import type { Values } from '#domain/record-kind.ts'
import type { codeList } from '#domain/records/code-list.ts'
import th from '#src/i18n/th/admin.ts'
import { w } from '../words.ts'

/** What a list is called; the note or the name it was made with where the program has no word for it. */
export const listName = ({ name = '', note }: Values<typeof codeList>): string =>
  isNamed(name) ? w(`lists.names.${name}`) : (note ?? name)

const isNamed = (name: string): name is keyof typeof th.lists.names => Object.hasOwn(th.lists.names, name)
