import { IDBFactory } from 'fake-indexeddb'
import { eraseDisk } from './disk.ts'
import { restoreDoubts, reviewAccess } from './doubts.ts'
import { programs } from './program.ts'
import { ownChange } from './server.ts'
import type { Deed } from './steps.ts'
import { killPage, type Tablet } from './tablet.ts'
import { attack } from './thief.ts'
import { noteServer } from './wire.ts'
import { nameOf } from './witness.ts'
import { reopenPage, type World } from './world.ts'

type Disturbance = Exclude<Deed, { page: number }>

/** What happens to tablets, lines and the server without anybody there wishing it. */
export const perform = async (world: World, step: Disturbance): Promise<void> => {
  const { server, witness } = world
  switch (step.do) {
    case 'tear':
      world.tablets[step.tablet]!.tear = step.bytes
      return
    case 'erase':
      return erase(world, world.tablets[step.tablet]!, step.what)
    case 'weather':
      world.tablets[step.tablet]!.weather = step.weather
      return
    case 'clock':
      world.tablets[step.tablet]!.skew = step.skew
      return
    case 'revoke':
      // one tablet remains, or there would be nobody to compare with
      if (step.tablet === 0) return
      world.tablets[step.tablet]!.revoked = true
      return server.revoke(world.tablets[step.tablet]!.device)
    case 'upgrade':
      return upgrade(world, step.what)
    case 'reach':
      return server.own([
        ownChange(
          world.admin,
          'staff',
          world.people[step.person]!,
          { places: { [world.places[step.place]!]: { on: step.on } } },
          world.serverNow(),
        ),
      ])
    case 'drop-held': {
      const rows = server.machine.rows(
        `select device, n from held where province = ? and state = 'held' order by device, n`,
        server.province,
      )
      const row = rows[step.which % Math.max(1, rows.length)] as { device: string; n: number } | undefined
      if (!row) return
      if (await server.dropHeld(row.device, row.n)) witness.dropped.add(nameOf(row))
      return noteServer(world)
    }
    case 'back-up':
      world.backups.push({
        ...(await server.backUp(step.verified)),
        ...{ at: world.serverNow(), isVerified: step.verified, doubts: witness.doubts },
      })
      return
    case 'review-access':
      return reviewAccess(world)
    case 'restore':
      return restore(world, step)
    case 'attack':
      world.witness.tally.attacks++
      return attack(world, step.how, step.which)
    case 'days':
      world.leapt += step.count * 24 * 3_600_000
      // no form stands open for so long: what was not saved is a draft by then
      for (const tablet of world.tablets) tablet.lastForms = null
  }
}

/** A change is in the journal first, and in the database a moment later. */
const settling = 3000

/** The browser throws away one of the tablet's two storages; every page of it is closed then. */
const erase = async (world: World, tablet: Tablet, what: 'database' | 'disk') => {
  const { witness, time } = world
  if (witness.kept.some((one) => one.tablet === tablet && one.at > time.now() - settling)) return
  // Until one storage has been made whole from the other, there is but one. Of a journal that was lost only what waits is written anew:
  // what the server has acknowledged then lies in the database alone.
  if (!tablet.isWhole || (what === 'database' && tablet.hasLostJournal)) return
  tablet.hasLostJournal ||= what === 'disk'
  tablet.isWhole = false
  world.witness.tally.erasures++
  const open = tablet.pages.filter((page) => page !== null)
  for (const page of open) killPage(tablet, page)
  if (what === 'disk') eraseDisk(tablet.disk)
  else {
    tablet.factory = new IDBFactory()
    tablet.mirror = new Map()
  }
  // One after the other: a tab that opens while another still brings the journal back cannot read what that one holds, nor its numbers.
  for (const [number] of tablet.pages.entries())
    world.time.after(50 + number * 2000, () => reopenPage(world, tablet, number))
}

const upgrade = async (world: World, what: 'server' | number): Promise<void> => {
  if (what !== 'server') {
    world.versions[what] = programs.later
    const tablet = world.tablets[what]!
    for (const page of tablet.pages) {
      if (!page) continue
      killPage(tablet, page)
      world.time.after(100, () => reopenPage(world, tablet, page.number))
    }
    return
  }
  if (world.server.program === programs.later) return
  await world.server.upgrade(programs.later)
  noteServer(world)
}

/** A little less than 30 days, because a receipt comes a moment after the backup. */
const keptFor = 29 * 24 * 3_600_000

const restore = async (world: World, { which, newEpoch }: Extract<Deed, { do: 'restore' }>): Promise<void> => {
  const { server, witness } = world
  // Tablets let go of what a verified backup covers, and not before 30 days: behind both of these no restore reaches.
  const verified = world.backups.findLastIndex(({ isVerified }) => isVerified)
  const backups = world.backups.filter(({ at }, index) => index >= verified || at > world.serverNow() - keptFor)
  const backup = backups[backups.length - 1 - (which % Math.max(1, backups.length))]
  if (!backup) return
  await server.restore(backup, newEpoch ? world.id() : null)
  // what stands now is covered by it, whatever was verified before
  if (newEpoch) {
    backup.isVerified = true
    world.backups.splice(world.backups.indexOf(backup), 1)
    world.backups.push(backup)
  }
  restoreDoubts(world, backup.doubts, newEpoch)
  // whoever restores revokes again what was revoked since
  for (const { device, revoked } of world.tablets) if (revoked) await server.revoke(device)
  witness.tally.restores++
  // a log that went back does not know whom it let go (A12)
  world.thief.revokedAt = null
  witness.life++
  witness.noted = 0
  noteServer(world)
}
