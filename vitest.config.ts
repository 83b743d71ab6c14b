import { defineConfig } from 'vitest/config'

const slow = { testTimeout: 180_000, hookTimeout: 120_000 }

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    maxWorkers: 2,
    // conditions are waited for, and a busy machine is no fault
    testTimeout: 30_000,
    expect: { poll: { timeout: 15_000 } },
    setupFiles: ['./test/support/properties.ts'],
    projects: [
      { extends: true, test: { name: 'unit', include: ['{domain,src,sync-server,scripts}/**/*.test.{ts,tsx}'] } },
      {
        extends: true,
        test: { name: 'whole', include: ['test/{contract,scenario,server,simulation}/**/*.test.ts'], ...slow },
      },
      {
        extends: true,
        // real browsers and kills: one file at a time, or two cores time out each other
        test: {
          name: 'browser',
          include: ['test/{browser,faults}/**/*.test.ts'],
          fileParallelism: false,
          ...slow,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
