import { useState } from 'preact/hooks'
import { Button } from '../button.tsx'
import { CheckGrid, CheckRow, CountSquares, type Ticked } from '../check-row.tsx'
import { NodeSeat } from '../node.tsx'
import { TextField } from '../text-field.tsx'
import { TopBar } from '../top-bar.tsx'
import { say } from './say.ts'
import './check-in.css'

const first =
  'กัลยาณี ก้องภพ ขวัญข้าว คำหล้า จันทร์ฉาย จอมขวัญ ชาติชาย ญาดา ฐิติวัฒน์ ณัฐริกา ดาวเหนือ ต้นกล้า ทองใบ ธารน้ำ นภัสสร นะโม บัวผัน บุญทวี ปลายฟ้า ปัณณวิชญ์'.split(
    ' ',
  )
const last = 'ธิวงศ์ จะพือ ปู่แก้ว ต๋าคำ แซ่ลี้ ก๋องคำ ลุงต๊ะ คำปวน ชัยมงคลรัตน์ ดอยแก้ว'.split(' ')
const pattern: readonly Ticked[] = ['here', 'other', undefined, 'here', undefined]

export function CheckIn() {
  const [ticks, setTicks] = useState<Ticked[]>(() => Array.from({ length: 40 }, (_, at) => pattern[at % 5]))
  const [search, setSearch] = useState('')
  const here = ticks.filter((tick) => tick === 'here').length
  const other = ticks.filter((tick) => tick === 'other').length
  return (
    <div class="gallery-check">
      <main class="gallery-check__roster">
        <TopBar
          seat={<NodeSeat node="school" size={44} />}
          back="#"
          title="โรงเรียนบ้านห้วยไผ่งาม"
          second="สิทธิมนุษยชนศึกษา ป.4–ป.6 · อังคาร 16 มิ.ย. 2569"
        />
        <TextField
          id="who"
          hideLabel
          label={say('ค้นหา', 'Search')}
          icon="search"
          type="search"
          placeholder={say('ชื่อ เลขที่ หรือชื่อเล่น', 'Name, number or nickname')}
          value={search}
          onInput={setSearch}
          clearable
        />
        <CheckGrid label={say('รายชื่อ', 'Roster')}>
          {ticks.map((ticked, at) => (
            <CheckRow
              key={at}
              number={at + 1}
              name={first[at % first.length]!}
              rest={last[at % last.length]}
              ticked={ticked}
              fresh={at === 25}
              onToggle={() => setTicks(ticks.map((tick, index) => (index === at ? (tick ? undefined : 'here') : tick)))}
            />
          ))}
        </CheckGrid>
      </main>
      <aside class="gallery-check__panel">
        <p>
          <span class="count">{here + other}</span> {say('จาก 40 คน', 'of 40')}
        </p>
        <CountSquares here={here} other={other} of={40} />
        <Button variant="hero" size="big" icon="scan" full>
          {say('สแกนบัตร', 'Scan a card')}
        </Button>
      </aside>
    </div>
  )
}
