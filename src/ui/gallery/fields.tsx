import { useState } from 'preact/hooks'
import type { Day } from '#domain/kernel/day.ts'
import { t } from '#src/i18n/index.ts'
import { Button } from '../button.tsx'
import { Checkbox, Switch } from '../checkbox.tsx'
import { DayField } from '../day-field.tsx'
import { Dock } from '../dock.tsx'
import { ErrorSummary } from '../error-summary.tsx'
import { NumberField } from '../number-field.tsx'
import { SelectField } from '../select-field.tsx'
import { TextArea } from '../text-area.tsx'
import { TextField } from '../text-field.tsx'
import { TimeField } from '../time-field.tsx'
import { DraftMark, TopBar } from '../top-bar.tsx'
import { say } from './say.ts'

const today = '2026-06-16' as Day

export function Fields() {
  const [place, setPlace] = useState('')
  const [day, setDay] = useState<Day | undefined>(today)
  const [start, setStart] = useState<string | undefined>('09:00')
  const [end, setEnd] = useState<string | undefined>('08:30')
  const [count, setCount] = useState<number | undefined>(120)
  const [trainer, setTrainer] = useState<'' | 'daoruang' | 'phana'>('')
  const [outcome, setOutcome] = useState('')
  const [agreed, setAgreed] = useState(true)
  const [plain, setPlain] = useState(true)
  const early = say('เลิกต้องหลัง 09.00 น. หมายถึง 20.30 น. หรือไม่', 'It must end after 09:00. Did you mean 20:30?')
  return (
    <>
      <main class="page stack">
        <TopBar
          title={say('ปิดรอบอบรม', 'Close the session')}
          back="#back"
          close
          right={<DraftMark time={say('12.06 น.', '12:06')} />}
        />
        <ErrorSummary
          title={say('ยังปิดรอบไม่ได้', 'Not ready to close:')}
          items={[
            { id: 'end', text: say('เวลาเลิกมาก่อนเวลาเริ่ม', 'It ends before it starts') },
            { id: 'trainer', text: say('หน่วยที่ 3 ยังไม่มีวิทยากร', 'Module 3 has no trainer') },
          ]}
        />
        <div class="columns">
          <TimeField id="start" label={say('เริ่ม', 'Starts')} value={start} onChange={setStart} />
          <TimeField
            id="end"
            label={say('เลิก', 'Ends')}
            value={end}
            onChange={setEnd}
            error={end && start && end < start ? early : undefined}
          />
        </div>
        <div class="columns">
          <TextField
            id="place"
            label={say('สถานที่', 'Place')}
            hint={say('พิมพ์ชื่อหมู่บ้าน วัด หรือโรงเรียน', 'Type the name of a village, temple or school')}
            icon="map-pin"
            clearable
            value={place}
            onInput={setPlace}
            suggestions={['วัดดอยคำหลวง', 'โรงเรียนบ้านห้วยไผ่งาม']}
          />
          <DayField
            id="day"
            label={say('วันที่', 'Date')}
            hint={say('พ.ศ. หรือ ค.ศ. ก็ได้', 'Either era')}
            today={today}
            max={today}
            value={day}
            onChange={setDay}
          />
        </div>
        <div class="columns">
          <NumberField
            id="count"
            label={say('จำนวนคน', 'People')}
            suffix={say('คน', 'people')}
            value={count}
            onChange={setCount}
            warning={
              count !== undefined && count > 102
                ? say('มากกว่าใบลงชื่อ 102 คน ยืนยันหรือแก้', 'More than the 102 on the list. Confirm or correct')
                : undefined
            }
          />
          <SelectField
            id="trainer"
            label={say('หน่วยที่ 3 ความเสมอภาค ไม่เลือกปฏิบัติ', 'Module 3: equality')}
            placeholder={say('เลือกวิทยากร', 'Choose a trainer')}
            value={trainer}
            onChange={setTrainer}
            options={[
              { value: 'daoruang', label: 'ครูดาวเรือง ศรีเมืองใหม่' },
              { value: 'phana', label: 'นายพนา เรือนคำ' },
            ]}
            error={
              trainer === ''
                ? say('เลือกว่าใครสอนหน่วยนี้ ถ้าไม่ได้สอน ให้ตั้งเป็น 0 นาที', 'Choose who taught it, or set it to 0 minutes')
                : undefined
            }
          />
        </div>
        <TextArea id="outcome" label={say('ผลที่ได้', 'Outcome')} optional value={outcome} onInput={setOutcome} />
        <Checkbox
          id="agreed"
          label={say('ผู้อยู่ในภาพยินยอมแล้ว หรือไม่เห็นหน้าผู้ใด', 'People in the photo agreed, or no face is seen')}
          checked={agreed}
          onChange={setAgreed}
        />
        <Switch
          id="plain"
          label={say('ใบนี้ไม่เขียนว่าเป็นเรื่องร้องเรียน', 'The slip does not say it is a complaint')}
          hint={say('ถ้าคนอื่นเห็น จะเหมือนบัตรนัดทั่วไป', 'To others it looks like any appointment')}
          checked={plain}
          onChange={setPlain}
        />
      </main>
      <Dock>
        <Button variant="line">{t('later')}</Button>
        <Button size="big" notYet={trainer === ''}>
          {say('ปิดรอบอบรม', 'Close the session')}
        </Button>
      </Dock>
    </>
  )
}
