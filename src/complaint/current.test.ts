import { afterEach, expect, test } from 'vitest'
import { anyDirty } from '#src/capture/dirty.ts'
import { current, putAside } from './current.ts'
import type { Intake } from './intake.ts'

afterEach(putAside)

test('no new version takes over while somebody tells: what is sealed cannot be read again', async () => {
  current.value = { leave: async () => undefined } as Intake
  expect(anyDirty.value).toBe(true)
  await putAside()
  expect(anyDirty.value).toBe(false)
})
