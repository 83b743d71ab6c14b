import { doubtOf } from './log/doubt.ts'
import { learnKinds } from './log/learn-kinds.ts'
import { configOrGiveUp, giveUp, houseOf, serve, storeOrGiveUp } from './start.ts'

const config = configOrGiveUp()
const opened = await storeOrGiveUp(config)
const house = houseOf(config, opened)
const open = await house
  .open()
  .catch(() => giveUp('SECRET_KEY is not the one that this database was made with: receipts could not be signed.'))
await learnKinds(opened.store, Date.now())
await serve(house)
if (!open) house.setUpCode.announce()
else if (await doubtOf(open.store.db, open.province.id))
  house.say('The log went back: an administrator must go through who may act. For a code: npm run access-review')
