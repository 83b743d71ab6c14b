import { configOrGiveUp, giveUp, houseOf, serve, storeOrGiveUp } from './start.ts'

const config = configOrGiveUp()
const house = houseOf(config, await storeOrGiveUp(config))
const open = await house
  .open()
  .catch(() => giveUp('SECRET_KEY is not the one that this database was made with: receipts could not be signed.'))
await serve(house)
if (!open) house.setUpCode.announce()
