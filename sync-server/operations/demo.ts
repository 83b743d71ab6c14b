import { enrolmentLink } from '#domain/authority/enrolment.ts'
import { configOrGiveUp, giveUp, houseOf, serve, storeOrGiveUp } from '#server/start.ts'
import { fillSample } from './sample.ts'

/** `npm run demo`: the invented province in a folder of its own, always SQLite, with everybody's sign-in on the console. */
const config = configOrGiveUp({ DATA_DIR: 'data-sample' })
const { databaseUrl: _, ...onSqlite } = config
const house = houseOf(onSqlite, await storeOrGiveUp(onSqlite))
const real = await house.open().catch(() => null)
if (real && !real.province.sample)
  giveUp(`${config.dataDir} holds a real province: give the demo a DATA_DIR of its own.`)
const { signIns, deskPassphrase, enrolment } = await fillSample(house.store(), house)
await serve(house)
for (const { username, name, roles } of signIns) house.say(`  ${username.padEnd(12)} ${name} (${roles.join(', ')})`)
house.say(
  `Enrol a browser, as many as you like (this is a demo): ${house.config.publicUrl.origin}${enrolmentLink(enrolment)}`,
)
house.say(`Everybody's password: ${signIns[0]!.password}. The desk's passphrase: ${deskPassphrase}.`)
