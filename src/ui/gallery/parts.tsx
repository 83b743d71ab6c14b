import { useState } from 'preact/hooks'
import { ActionTile, ActionTiles } from '../action-tile.tsx'
import { Avatar } from '../avatar.tsx'
import { Button } from '../button.tsx'
import { ConfirmDialog } from '../confirm-dialog.tsx'
import { EmptyState } from '../empty-state.tsx'
import { Icon, type IconName } from '../icon.tsx'
import { IconButton } from '../icon-button.tsx'
import { icons } from '../icons.ts'
import { KeyHint } from '../key-hint.tsx'
import { MarkSmall } from '../mark-small.tsx'
import { Sheet } from '../modal.tsx'
import { Mark, NodeSeat, NodeWord } from '../node.tsx'
import { Notice } from '../notice.tsx'
import { Progress } from '../progress.tsx'
import { SafetyBadge } from '../safety-badge.tsx'
import { SafetyMeter } from '../safety-meter.tsx'
import { Stepper } from '../stepper.tsx'
import { toast } from '../toast.tsx'
import { say } from './say.ts'

const nodes = [
  ['home', 'บ้าน', 'Home'],
  ['temple', 'วัด', 'Temple'],
  ['school', 'โรงเรียน', 'School'],
  ['joint', 'ร่วมบวร', 'Joint'],
] as const

function Buttons() {
  const [open, setOpen] = useState<'sheet' | 'dialog' | undefined>(undefined)
  const close = () => setOpen(undefined)
  return (
    <section class="ruled stack">
      <h2 class="h3">{say('ปุ่ม', 'Buttons')}</h2>
      <div class="cluster">
        <Button>{say('บันทึก', 'Save')}</Button>
        <Button pending>{say('บันทึก', 'Save')}</Button>
        <Button notYet>{say('ยังกดไม่ได้', 'Not yet')}</Button>
        <Button variant="line">{say('ไว้ทำต่อ', 'Finish later')}</Button>
        <Button variant="plain" onClick={() => setOpen('sheet')}>
          {say('เปิดแผ่น', 'Open sheet')}
        </Button>
        <Button variant="quiet">{say('เงียบ', 'Quiet')}</Button>
        <Button variant="danger" onClick={() => setOpen('dialog')}>
          {say('ลบ', 'Delete')}
        </Button>
        <Button variant="need" icon="phone">
          {say('โทร', 'Call')}
        </Button>
        <Button variant="ink" size="small" icon="log-out">
          {say('ออกทันที', 'Leave now')}
        </Button>
        <Button shortcut="a" icon="check">
          {say('อนุมัติ', 'Approve')}
        </Button>
        <IconButton icon="lock" label="lock" />
        <IconButton icon="filter" label="filter" pressed />
        <Avatar initials={say('กด', 'KD')} label="me" href="#me" />
        <Button
          variant="plain"
          onClick={() => toast(say('เช็กชื่อมณีจันทร์แล้ว', 'Maneechan is here'), { undo: () => undefined })}
        >
          {say('บอกแล้วหาย', 'Toast')}
        </Button>
      </div>
      <Button size="big" art={<MarkSmall />}>
        {say('บันทึกกิจกรรมแรก', 'Log the first activity')}
      </Button>
      <KeyHint keys={['j', 'k']}>{say('เลื่อนดูเรื่องถัดไป', 'Go through the list')}</KeyHint>
      <Sheet open={open === 'sheet'} onClose={close} title={say('เลือกวิทยากร', 'Choose a trainer')}>
        <p>{say('แผ่นขึ้นจากด้านล่าง', 'It comes up from below')}</p>
      </Sheet>
      <ConfirmDialog
        open={open === 'dialog'}
        danger
        title={say('ลบภาพนี้ไหม', 'Delete this photo?')}
        confirm={say('ลบภาพ', 'Delete photo')}
        onConfirm={close}
        onClose={close}
      >
        <p>{say('ภาพจะหายจากเครื่องนี้ และจะไม่ถูกส่ง', 'It goes from this tablet and will not be sent')}</p>
      </ConfirmDialog>
    </section>
  )
}

export function Parts() {
  return (
    <main class="page stack stack--wide">
      <h1 class="visually-hidden">{say('ชิ้นส่วน', 'Parts')}</h1>
      <div class="cluster">
        <Mark width={232} label="บวร" />
        <MarkSmall />
        <Mark mono />
      </div>
      <Buttons />
      <section class="ruled stack">
        <h2 class="h3">{say('สถานะความปลอดภัย', 'Safety')}</h2>
        <div class="cluster">
          <SafetyBadge state="tablet" />
          <SafetyBadge state="waiting" count={12} />
          <SafetyBadge state="sending" count={12} of={40} />
          <SafetyBadge state="safe" />
          <SafetyBadge state="aside" count={1} />
          <SafetyBadge state="offline" />
        </div>
        <SafetyMeter safe={40} waiting={11} aside={1} offline />
        <SafetyMeter safe={3} waiting={0} aside={0} />
      </section>
      <section class="ruled stack">
        <h2 class="h3">{say('สามเสา', 'Three nodes')}</h2>
        <div class="cluster">
          {nodes.map(([node]) => (
            <NodeSeat key={node} node={node} />
          ))}
          {nodes.map(([node]) => (
            <NodeSeat key={node} node={node} size={40} />
          ))}
          {nodes.map(([node, th, en]) => (
            <NodeWord key={node} node={node}>
              {say(th, en)}
            </NodeWord>
          ))}
        </div>
      </section>
      <section class="ruled stack">
        <h2 class="h3">{say('บอกให้รู้', 'Notices')}</h2>
        <Notice
          title={say('เซิร์ฟเวอร์ไม่รับ 1 บันทึก พักไว้ให้คุณดู', 'The server refused 1 record')}
          tone="need"
          action={<Button variant="need">{say('ดูทางเลือก', 'See the choices')}</Button>}
        >
          {say('งวดนี้ปิดแล้ว ขอให้ผู้ตรวจทานเปิดงวดได้', 'This period is closed. Ask the supervisor to open it')}
        </Notice>
        <Notice
          tone="wait"
          icon="hard-drive"
          title={say('ที่เก็บในเครื่องใกล้เต็ม เหลือ 180 เมกะไบต์', 'Storage is nearly full: 180 MB left')}
        />
        <Notice icon="lock">{say('ทุกคำที่กรอกถูกปิดผนึกในเครื่องนี้', 'Every word is sealed on this tablet')}</Notice>
        <Notice tone="safe">{say('ได้ใบรับครบแล้ว', 'Every receipt is here')}</Notice>
        <Stepper at={2} of={6} />
        <Progress
          label={say('โรงเรียนสอนครบทุกช่วงชั้น', 'Schools teaching every level')}
          value={38}
          max={112}
          target={56}
          words={say('38 จาก 112 โรงเรียน เป้า 56 ขาดอีก 18', '38 of 112 schools; target 56, 18 to go')}
        />
      </section>
      <ActionTiles>
        <ActionTile
          href="#training"
          icon="users"
          title={say('เปิดรอบอบรม', 'Open a session')}
          second={say('นอกตาราง', 'Unscheduled')}
        />
        <ActionTile
          href="#activity"
          art={<MarkSmall width={54} />}
          title={say('บันทึกกิจกรรม', 'Log an activity')}
          second={say('ไม่ถึงหนึ่งนาที', 'Under a minute')}
        />
        <ActionTile
          href="#complaint"
          icon="mail"
          title={say('รับเรื่อง', 'Take a complaint')}
          second={say('ปิดผนึกในเครื่อง', 'Sealed on this tablet')}
        />
      </ActionTiles>
      <section class="ruled cluster" aria-label="icons">
        {(Object.keys(icons) as IconName[]).map((name) => (
          <span key={name} title={name}>
            <Icon name={name} size={32} />
          </span>
        ))}
      </section>
      <EmptyState
        title={say('วันนี้ยังไม่มีนัด', 'Nothing planned today')}
        text={say(
          'ไปบ้าน วัด หรือโรงเรียนเมื่อไร เปิดเครื่องนี้แล้วจดได้เลย ทุกอย่างเก็บในเครื่องทันที',
          'When you are at a home, a temple or a school, open this and write. Everything is kept at once',
        )}
      >
        <Button size="big" art={<MarkSmall />}>
          {say('บันทึกกิจกรรมแรก', 'Log the first activity')}
        </Button>
        <Button variant="quiet">{say('เปิดรอบอบรม', 'Open a session')}</Button>
      </EmptyState>
    </main>
  )
}
