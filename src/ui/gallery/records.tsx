import { Button } from '../button.tsx'
import { DiffTable } from '../diff-table.tsx'
import { HistoryLine } from '../history-line.tsx'
import { KeyHint } from '../key-hint.tsx'
import { List, ListRow } from '../list.tsx'
import { MarkSmall } from '../mark-small.tsx'
import { NodeSeat } from '../node.tsx'
import { Rail } from '../places-nav.tsx'
import { SafetyBadge } from '../safety-badge.tsx'
import { Table } from '../table.tsx'
import { say } from './say.ts'
import './records.css'

export function Records() {
  return (
    <div class="gallery-review">
      <Rail
        items={[
          { href: '#', icon: 'sun', label: say('วันนี้', 'Today') },
          { href: '#training', icon: 'users', label: say('อบรม', 'Training') },
          { href: '#bwr', art: <MarkSmall width={46} />, label: say('บวร', 'BWR') },
          { href: '#complaint', icon: 'mail', label: say('รับเรื่อง', 'Complaint') },
          { href: '#review', icon: 'inbox', label: say('ตรวจทาน', 'Review'), badge: 14, current: true },
        ]}
        foot={[{ href: '#settings', icon: 'settings', label: say('ตั้งค่า', 'Settings') }]}
      />
      <main class="page stack">
        <h1>{say('ตรวจทาน', 'Review')}</h1>
        <List>
          <ListRow
            dense
            selected
            href="#1"
            seat={<NodeSeat node="home" size={40} />}
            title="เวทีประชาคม บ้านแม่กึ๊ดหลวง"
            second={say('จำนวนผู้เข้าร่วม', 'Number of people')}
            meta={say('10.48', '10:48')}
          />
          <ListRow
            dense
            href="#2"
            seat={<NodeSeat node="school" size={40} />}
            title="สิทธิมนุษยชนศึกษา ป.4–ป.6"
            second={<SafetyBadge state="safe" />}
            meta={say('10.31', '10:31')}
          />
          <ListRow
            dense
            plain
            href="#3"
            seat={<NodeSeat node="joint" size={40} />}
            title="กิจกรรมร่วมบวร วันสิ่งแวดล้อม ที่มีชื่อยาวมากจนต้องขึ้นบรรทัดใหม่เพราะเป็นชื่อจริงของงาน"
            second="คุณกานดา ใจ๋ดี"
            meta={say('09.40', '09:40')}
          />
        </List>
        <DiffTable
          caption={say('แก้ไขครั้งที่ 3', 'Third change')}
          rows={[
            {
              field: say('เรื่องสิทธิ', 'Rights'),
              before: 'ที่ดินและป่าไม้',
              after: 'ที่ดินและป่าไม้ สิทธิชุมชน',
              who: say('กานดา 12 มิ.ย.', 'Kanda 12 Jun'),
            },
            {
              field: say('ผลที่ได้', 'Outcome'),
              before: 'ชาวบ้านตกลงตั้งกรรมการ 5 คน นัดประชุมอีกครั้งเดือนหน้า',
              after: 'ชาวบ้านตกลงตั้งกรรมการ 7 คน มีผู้หญิง 4 คน นัดประชุมอีกครั้งวันที่ 2 กรกฎาคม',
              who: say('กานดา 12 มิ.ย.', 'Kanda 12 Jun'),
            },
          ]}
          unchanged={[
            { field: say('สถานที่', 'Place'), value: 'บ้านแม่กึ๊ดหลวง' },
            { field: say('วันที่', 'Date'), value: '11 มิถุนายน 2569' },
          ]}
        />
        <HistoryLine
          label={say('ประวัติ', 'History')}
          steps={[
            { title: say('บันทึกครั้งแรก', 'First saved'), detail: '11 มิ.ย. 15.30 น.' },
            { title: say('ดาวเรืองแก้จำนวน ภาพ', 'Daoruang changed the count'), detail: '11 มิ.ย. 16.40 น.' },
            { title: say('กานดาแก้จำนวน ผล', 'Kanda changed the outcome'), detail: '12 มิ.ย. 08.15 น.' },
            { title: say('เซิร์ฟเวอร์ออกใบรับ', 'The server gave a receipt'), detail: 'วันนี้ 10.48 น.', safe: true },
          ]}
        />
        <Table
          caption={say('กิจกรรมรายอำเภอ', 'Activities by district')}
          columns={[
            { key: 'name', label: say('อำเภอ', 'District'), cell: (row) => row.name },
            { key: 'count', label: say('กิจกรรม', 'Activities'), number: true, cell: (row) => row.count },
            { key: 'places', label: say('ตำบล', 'Tambons'), number: true, cell: (row) => row.places },
          ]}
          rows={[
            { name: 'แม่แจ่ม', count: 24, places: say('6 จาก 7', '6 of 7') },
            { name: 'กัลยาณิวัฒนา', count: 0, places: say('0 จาก 3', '0 of 3') },
          ]}
          rowKey={(row) => row.name}
          footer={[say('รวม', 'Total'), 24, '']}
        />
        <div class="cluster">
          <KeyHint keys={['j', 'k']}>{say('เลื่อนดูเรื่องถัดไป', 'Next and previous')}</KeyHint>
          <Button variant="line" icon="reply" shortcut="r">
            {say('ส่งกลับพร้อมคำถาม', 'Return with a question')}
          </Button>
          <Button icon="check" shortcut="a">
            {say('อนุมัติ', 'Approve')}
          </Button>
        </div>
      </main>
    </div>
  )
}
