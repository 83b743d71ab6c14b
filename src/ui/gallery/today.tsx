import type { Day } from '#domain/kernel/day.ts'
import { dayText, yearText } from '#src/i18n/index.ts'
import { ActionTile, ActionTiles } from '../action-tile.tsx'
import { Avatar } from '../avatar.tsx'
import { Button } from '../button.tsx'
import { Hero } from '../hero.tsx'
import { IconButton } from '../icon-button.tsx'
import { List, ListRow } from '../list.tsx'
import { MarkSmall } from '../mark-small.tsx'
import { NodeSeat } from '../node.tsx'
import { TabBar } from '../places-nav.tsx'
import { SafetyMeter } from '../safety-meter.tsx'
import { say } from './say.ts'

const today = '2026-06-16' as Day

export function Today() {
  return (
    <>
      <main class="page stack with-tabbar">
        <header>
          <div class="page-head">
            <h1>
              {dayText(today, 'heading')} <span class="muted small">{yearText(today)}</span>
            </h1>
            <span class="cluster">
              <IconButton icon="lock" label="lock" />
              <Avatar initials={say('กด', 'KD')} label="me" href="#me" />
            </span>
          </div>
          <SafetyMeter safe={40} waiting={11} aside={1} offline />
        </header>
        <div class="bleed">
          <Hero
            eyebrow={say('ถัดไป 09.00 น. อีก 25 นาที', 'Next 09:00, in 25 minutes')}
            title="โรงเรียนบ้านห้วยไผ่งาม"
            node="school"
            facts={[
              say('สิทธิมนุษยชนศึกษา ป.4–ป.6', 'Human rights, grades 4–6'),
              say('40 คน', '40 people'),
              say('หน่วยที่ 1–3 รวม 90 นาที', 'Modules 1–3, 90 minutes'),
            ]}
            note={say('รายชื่ออยู่ในเครื่องครบแล้ว ใช้ได้แม้ไม่มีสัญญาณ', 'The roster is on this tablet, with or without signal')}
          >
            <Button variant="hero" size="big" icon="list-checks">
              {say('เริ่มเช็กชื่อ', 'Start check-in')}
            </Button>
            <Button variant="hero-quiet" size="big">
              {say('เตรียมรอบ', 'Prepare')}
            </Button>
          </Hero>
        </div>
        <section>
          <h2>{say('ต่อจากนั้น', 'After that')}</h2>
          <List>
            <ListRow
              href="#1"
              lead={say('13.30', '13:30')}
              seat={<NodeSeat node="temple" />}
              title="วัดดอยคำหลวง"
              second={say('อบรมพระ เณร แม่ชี · 18 รูป/คน', 'Monks, novices, nuns · 18')}
            />
            <ListRow
              href="#2"
              lead={say('16.00', '16:00')}
              seat={<NodeSeat node="home" />}
              title="บ้านสบลาน หมู่ 6"
              second={say('เวทีประชาคม เรื่องที่ดินและป่าไม้', 'Community forum on land and forest')}
            />
          </List>
        </section>
        <section>
          <h2>{say('ผู้ตรวจทานถามคุณ 2 เรื่อง', 'Your supervisor asks 2 things')}</h2>
          <List>
            <ListRow
              href="#3"
              plain
              title={say(
                '“จำนวน 120 คนมากกว่าใบลงชื่อ 102 คน ขอให้ยืนยันอีกครั้ง”',
                '“120 is more than the 102 on the list. Please confirm”',
              )}
              second={say('เวทีประชาคม บ้านแม่กึ๊ดหลวง · 11 มิ.ย.', 'Forum, Ban Mae Kuet Luang · 11 Jun')}
            />
            <ListRow
              href="#4"
              plain
              title={say(
                '“ภาพที่ 3 เห็นหน้าเด็กชัด มีหนังสือยินยอมแล้วหรือยัง”',
                '“Photo 3 shows a child’s face. Is there consent?”',
              )}
              second={say('กิจกรรมหน้าเสาธง · 9 มิ.ย.', 'Assembly · 9 Jun')}
            />
          </List>
        </section>
        <div class="bleed">
          <ActionTiles>
            <ActionTile
              href="#t"
              icon="users"
              title={say('เปิดรอบอบรม', 'Open a session')}
              second={say('นอกตาราง', 'Unscheduled')}
            />
            <ActionTile
              href="#a"
              art={<MarkSmall width={54} />}
              title={say('บันทึกกิจกรรม', 'Log an activity')}
              second={say('ไม่ถึงหนึ่งนาที', 'Under a minute')}
            />
            <ActionTile
              href="#c"
              icon="mail"
              title={say('รับเรื่อง', 'Complaint')}
              second={say('ปิดผนึกในเครื่อง', 'Sealed here')}
            />
          </ActionTiles>
        </div>
      </main>
      <TabBar
        items={[
          { href: '#', icon: 'sun', label: say('วันนี้', 'Today'), badge: 2, current: true },
          { href: '#training', icon: 'users', label: say('อบรม', 'Training') },
          { href: '#bwr', art: <MarkSmall width={46} />, label: say('บวร', 'BWR') },
          { href: '#complaint', icon: 'mail', label: say('รับเรื่อง', 'Complaint') },
          { href: '#tablet', icon: 'tablet', label: say('เครื่องนี้', 'This tablet'), badge: 1 },
        ]}
      />
    </>
  )
}
