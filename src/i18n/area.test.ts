import { afterEach, describe, expect, it, vi } from 'vitest'
import { defineArea } from './area.ts'
import { locale, setLocale } from './locale.ts'

const th = { hello: 'สวัสดี {name}', waiting: 'รอส่ง {n}', deep: { er: 'ลึก' } } as const
const en = { hello: 'Hello {name}', waiting: { one: '{n} waits', other: '{n} wait' }, deep: { er: 'Deep' } }

describe('an area of words', () => {
  vi.stubGlobal('document', { documentElement: { lang: 'th' } })
  afterEach(() => setLocale('th'))

  it('speaks Thai without fetching English', () => {
    const fetchEnglish = vi.fn(async () => ({ default: en }))
    const t = defineArea({ th, en: fetchEnglish })
    expect(t('hello', { name: 'กานดา' })).toBe('สวัสดี กานดา')
    expect(t('deep.er')).toBe('ลึก')
    expect(fetchEnglish).not.toHaveBeenCalled()
  })

  it('speaks English, with its plurals, once English is asked for', async () => {
    const t = defineArea({ th, en: async () => ({ default: en }) })
    await setLocale('en')
    expect(document.documentElement.lang).toBe('en')
    expect(t('waiting', { n: 1 })).toBe('1 waits')
    expect(t('waiting', { n: 1200 })).toBe('1,200 wait')
  })

  it('stays in Thai when English cannot be fetched', async () => {
    const reaching = vi.fn().mockRejectedValueOnce(new Error('offline')).mockResolvedValue({ default: en })
    const t = defineArea({ th, en: reaching })
    await expect(setLocale('en')).rejects.toThrow('offline')
    expect(locale()).toBe('th')
    expect(t('deep.er')).toBe('ลึก')
    await setLocale('en')
    expect(t('deep.er')).toBe('Deep')
  })
})
