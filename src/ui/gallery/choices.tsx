import { useState } from 'preact/hooks'
import { t } from '#src/i18n/index.ts'
import { Button } from '../button.tsx'
import { ChipChoice, Chips } from '../chips.tsx'
import { ChoiceTiles } from '../choice-tiles.tsx'
import { Dock } from '../dock.tsx'
import type { NodeKind } from '../node.tsx'
import { NumberGrid } from '../number-grid.tsx'
import { Segmented } from '../segmented.tsx'
import { DraftMark, TopBar } from '../top-bar.tsx'
import { say } from './say.ts'

const kinds = ['home', 'temple', 'school', 'joint'] as const satisfies readonly NodeKind[]
const bands = () => [
  { key: 'child', label: say('เด็ก ต่ำกว่า 15 ปี', 'Children under 15') },
  { key: 'youth', label: say('เยาวชน 15–24 ปี', 'Youth 15–24') },
  { key: 'adult', label: say('ผู้ใหญ่ 25–59 ปี', 'Adults 25–59') },
  { key: 'elder', label: say('ผู้สูงอายุ 60 ปีขึ้นไป', 'Elders 60 and over') },
]
const sexes = () => [
  { key: 'female', label: say('หญิง', 'Female') },
  { key: 'male', label: say('ชาย', 'Male') },
  { key: 'other', label: say('อื่น ๆ/ไม่ระบุ', 'Other') },
]

export function Choices() {
  const [node, setNode] = useState<NodeKind | undefined>('temple')
  const [what, setWhat] = useState<string | undefined>('mediate')
  const [rights, setRights] = useState<string[]>(['land', 'community'])
  const [part, setPart] = useState<'all' | 'absent' | 'present'>('absent')
  const [safe, setSafe] = useState<string | undefined>('no')
  const [counts, setCounts] = useState<Record<string, number>>({
    'child.female': 4,
    'child.male': 6,
    'youth.female': 7,
    'adult.male': 1212,
  })
  return (
    <>
      <main class="page stack">
        <TopBar
          title={say('บันทึกกิจกรรมบวร', 'Log an activity')}
          back="#back"
          close
          right={<DraftMark time={say('10.42 น.', '10:42')} />}
        />
        <ChoiceTiles
          id="node"
          label={say('ที่ไหน', 'Where')}
          hideLabel
          layout="row"
          value={node}
          onChange={setNode}
          options={kinds.map((kind) => ({ value: kind, node: kind, label: t(`nodes.${kind}`) }))}
        />
        <ChipChoice
          id="what"
          label={say('ทำอะไร', 'What')}
          shown={3}
          value={what}
          onChange={setWhat}
          options={[
            { value: 'sermon', label: say('เทศน์แทรกสิทธิ', 'Sermon on rights') },
            { value: 'mediate', label: say('ศูนย์ไกล่เกลี่ยในวัด', 'Mediation at the temple') },
            { value: 'train', label: say('อบรมพระ เณร แม่ชี', 'Training monks, novices, nuns') },
            { value: 'camp', label: say('ค่ายคุณธรรม', 'Camp') },
            { value: 'other', label: say('อื่น ๆ', 'Other') },
          ]}
        />
        <NumberGrid
          id="people"
          label={say('มีคนร่วมกี่คน', 'How many people')}
          hint={say('ไม่ต้องมีชื่อ', 'No names')}
          rows={bands()}
          columns={sexes()}
          get={(row, column) => counts[`${row}.${column}`] ?? 0}
          onChange={(row, column, value) => setCounts({ ...counts, [`${row}.${column}`]: value })}
        />
        <Chips
          id="rights"
          label={say('เรื่องสิทธิใด', 'Which rights')}
          error={rights.length === 0 ? t('errors.choose') : undefined}
          shown={2}
          searchAbove={4}
          value={rights}
          onChange={setRights}
          options={[
            { value: 'land', label: say('ที่ดินและป่าไม้', 'Land and forest') },
            { value: 'community', label: say('สิทธิชุมชน', 'Community') },
            { value: 'child', label: say('สิทธิเด็ก', 'Children') },
            { value: 'status', label: say('สถานะบุคคล', 'Legal status') },
            { value: 'labour', label: say('แรงงาน', 'Labour') },
            { value: 'health', label: say('สุขภาพ', 'Health') },
          ]}
        />
        <Segmented
          label={say('ใคร', 'Who')}
          value={part}
          onChange={setPart}
          options={[
            { value: 'all', label: t('all'), count: 40 },
            { value: 'absent', label: say('ยังไม่มา', 'Not yet'), count: 13 },
            { value: 'present', label: say('มาแล้ว', 'Here'), count: 27 },
          ]}
        />
        <ChoiceTiles
          id="safe"
          label={say('ตอนนี้ผู้ร้องปลอดภัยไหม', 'Is the person safe now?')}
          hint={say('ถามในที่ที่ไม่มีใครได้ยิน', 'Ask where nobody hears')}
          value={safe}
          onChange={setSafe}
          options={[
            { value: 'yes', label: say('ปลอดภัยดี', 'Safe') },
            {
              value: 'unsure',
              label: say('ไม่แน่ใจ', 'Not sure'),
              hint: say('ยังอยู่บ้านเดียวกับคนที่กลัว', 'Still under one roof with the one they fear'),
            },
            { value: 'no', label: say('ยังไม่ปลอดภัย หรือมีเด็กอยู่ในอันตราย', 'Not safe, or a child is in danger') },
          ]}
        />
      </main>
      <Dock>
        <Button variant="line">{t('later')}</Button>
        <Button size="big">{say('บันทึกกิจกรรม', 'Log the activity')}</Button>
      </Dock>
    </>
  )
}
