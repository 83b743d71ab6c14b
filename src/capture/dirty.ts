import { computed, signal } from '@preact/signals'

const open = signal<ReadonlySet<string>>(new Set())

/** Forms with something typed that is not saved yet: no update and no switch of person happens meanwhile. */
export const dirtyForms = {
  add(draft: string) {
    open.value = new Set([...open.peek(), draft])
  },
  delete(draft: string) {
    open.value = new Set([...open.peek()].filter((one) => one !== draft))
  },
}

export const anyDirty = computed(() => open.value.size > 0)
