import type { Locator, Page } from 'playwright-core'
import type { RunningServer } from './whole-server.ts'

interface Answers {
  readonly women?: number
  readonly outcome?: string
}

export const womenField = (page: Page): Locator => page.getByRole('textbox', { name: /ผู้ใหญ่ 25–59 ปี.*หญิง/ })

/** A class about rights at a school, on the form that the page shows. */
export const fillActivity = async (page: Page, { women = 4, outcome }: Answers = {}): Promise<void> => {
  await page.getByRole('radio', { name: /^โรงเรียน/ }).check({ force: true })
  await page.getByRole('radio', { name: /คาบเรียนสิทธิ/ }).check({ force: true })
  await womenField(page).fill(String(women))
  if (outcome !== undefined) await page.getByLabel(/ผลที่ได้/).fill(outcome)
}

/** Until the tablet has said that it is saved, and the form has left. */
export const saveActivity = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'บันทึกกิจกรรม' }).click()
  await page.getByText('บันทึกกิจกรรมในเครื่องนี้แล้ว').first().waitFor()
  await page.waitForURL(({ pathname }) => pathname !== '/bwr/new')
}

export const logActivity = async (
  page: Page,
  { url }: Pick<RunningServer, 'url'>,
  answers?: Answers,
): Promise<void> => {
  await page.goto(`${url}/bwr/new`)
  await fillActivity(page, answers)
  await saveActivity(page)
}
