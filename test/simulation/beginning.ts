import { IDBFactory } from 'fake-indexeddb'
import { type DeviceId, newId, type StaffId } from '#domain/kernel/id.ts'
import { isGuarded } from '#domain/roles.ts'
import type { SignInNews } from '#src/store/identity-types.ts'
import { on } from '#test/support/on.ts'
import { registeredKey } from '#test/support/signing.ts'
import { chanceOf } from './chance.ts'
import { copyOfDisk, newDisk } from './disk.ts'
import { programs } from './program.ts'
import { copyFiles } from './quick-dexie.ts'
import { credentialOf, emptyProvince, type Machine, ownChange } from './server.ts'
import { tabletCount } from './steps.ts'
import { type KeptTablet, killPage, openPage, type Tablet } from './tablet.ts'
import { type Beginning, firstDay, newWorld, until, type World } from './world.ts'

/** Every history begins in a province with one server and three tablets, signed in. */
export const beginWorld = async (machine: Machine, seed: number, isTold: boolean): Promise<World> => {
  if (process.env.DATABASE === 'dexie') {
    const world = await newWorld(machine, seed, isTold, nothingYet(seed))
    await settleIn(world)
    return world
  }
  begun ??= signedIn(machine)
  const world = await newWorld(machine, seed, isTold, copyOf(await begun))
  const { tablets, around, time } = world
  const pages = tablets.flatMap((tablet) =>
    tablet.pages.map((_, number) => openPage(around, tablet, number, programs.now)),
  )
  await until(time, () => pages.every(({ store }) => store !== null))
  return world
}

/** Signing in takes as long as a few steps of a history: it is done once, and each history goes on from what then lay there. */
let begun: Promise<Beginning> | undefined

const signedIn = async (machine: Machine): Promise<Beginning> => {
  const world = await newWorld(machine, 0, false, nothingYet(0))
  await settleIn(world)
  const { tablets, time, server, people, places, guests, admin, stolen, records } = world
  for (const tablet of tablets) for (const page of tablet.pages) if (page) killPage(tablet, page)
  await time.pass(0)
  const rows = server.everything()
  await server.end()
  const cast = { people, places, guests, admin, stolen, records }
  return { at: time.now(), province: server.province, rows, cast, tablets }
}

/** `quick-dexie.ts` alone can lay one tablet's database into another. */
const copyOf = (beginning: Beginning): Beginning => ({
  ...beginning,
  tablets: beginning.tablets.map(({ device, people, keys, name, disk, mirror, factory }) => {
    const copy = {
      device,
      people,
      keys,
      name,
      disk: copyOfDisk(disk),
      mirror: new Map(mirror),
      factory: new IDBFactory(),
    }
    copyFiles(factory, copy.factory)
    return copy
  }),
})

let provinces = 0

const nothingYet = (seed: number): Beginning => {
  // another stream than the world's own, or ids would come twice
  const chance = chanceOf(-1 - seed)
  const id = () => newId((length) => chance.bytes(length)) as string
  const name = `${++provinces}`
  const province = id()
  const cast = {
    people: [id(), id(), id(), id()],
    places: [id(), id(), id()],
    guests: [id(), id(), id()],
    admin: id(),
    stolen: { device: id(), key: '' },
    records: [],
  }
  const tablets = Array.from(
    { length: tabletCount },
    (_, number): KeptTablet => ({
      device: '',
      people: [],
      keys: new Map(),
      name: `${name}-${number}`,
      disk: newDisk(),
      mirror: new Map(),
      factory: new IDBFactory(),
    }),
  )
  return { at: 0, province, rows: emptyProvince(province, id(), id()), cast, tablets }
}

const settleIn = async (world: World): Promise<void> => {
  await world.server.beCarriedTo()
  await peopleIt(world)
  for (const tablet of world.tablets) await signIn(world, tablet)
  await leaveForTheThief(world)
}

const leaveForTheThief = async ({ server, stolen, people, thief, serverNow }: World) => {
  await server.register(stolen.device, [people[1]!, people[2]!])
  const at = { province: server.province, now: serverNow() }
  const key = await registeredKey(server.machine.store, at, stolen.device as DeviceId, people[2] as StaffId)
  stolen.key = key.id
  thief.key = key.id
}

const peopleIt = async ({ server, admin, people, places, records, id }: World) => {
  const own = (kind: string, record: string, set: Parameters<typeof ownChange>[3]) =>
    ownChange(admin, kind, record, set, firstDay)
  const staff = { name: 'เจ้าหน้าที่สมมติ', active: true }
  const [home, temple, school] = places as [string, string, string]
  const session = { id: id(), kind: 'training-session' }
  const activity = { id: id(), kind: 'activity' }
  records.push(session, activity)
  await server.own([
    own('staff', admin, { name: 'ผู้ดูแล', active: true, roles: on('administrator'), wholeProvince: true }),
    ...places.map((place) => own('place', place, { name: 'ที่สมมติ', type: 'school' })),
    own('staff', people[0]!, { ...staff, roles: on('officer'), places: on(home, temple) }),
    own('staff', people[1]!, { ...staff, roles: on('officer'), places: on(home) }),
    own('staff', people[2]!, { ...staff, roles: on('supervisor'), wholeProvince: true }),
    own('staff', people[3]!, { ...staff, roles: on('officer'), places: on(temple, school) }),
    own(session.kind, session.id, { place: home, heldOn: '2026-11-02' }),
    own(activity.kind, activity.id, { node: 'school', type: 'talk', place: home, heldOn: '2026-11-02' }),
  ])
}

const signIn = async (world: World, tablet: Tablet) => {
  const { people, server, around, time } = world
  const page = openPage(around, tablet, 0, programs.now)
  await until(time, () => page.store !== null)
  const store = page.store!
  tablet.device = store.people.identity.peek().device
  tablet.people = tablet.number === 0 ? [people[0]!, people[3]!] : [people[tablet.number]!]
  await server.register(tablet.device, tablet.people)
  for (const person of tablet.people) {
    const at = { province: server.province, now: world.serverNow() }
    const [device, owner] = [tablet.device as DeviceId, person as StaffId]
    if (isGuarded(await server.standing(person)))
      tablet.keys.set(person, await registeredKey(server.machine.store, at, device, owner))
  }
  // only whoever stays has read something before the history begins
  tablet.weather = 'no-network'
  for (const person of tablet.people.toReversed()) {
    const news = await newsFor(world, tablet, person)
    let done = false
    void store.people.signedIn(news).then(() => {
      done = true
    })
    await until(time, () => done)
  }
  if (tablet.number === 0) openPage(around, tablet, 1, programs.now)
  await time.pass(1000)
  tablet.weather = 'fair'
  page.ask('asked')
  await time.pass(2000)
}

const newsFor = async ({ server }: World, tablet: Tablet, person: string): Promise<SignInNews> => ({
  person: person as SignInNews['person'],
  username: 'somebody',
  standing: await server.standing(person),
  device: { id: tablet.device, credential: credentialOf(tablet.device) },
  province: { id: server.province, name: 'จังหวัดสมมติ', sample: true, epoch: server.epoch(), idKey: 'AA' },
  receiptKeys: [{ id: server.key.id, public: server.key.public }],
  deskLists: [],
})
