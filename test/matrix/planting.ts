import { loadAltered, namedIn } from '#test/simulation/load-altered.ts'
import { plants } from './plants.ts'

// Plants the mistake that PLANT names into the modules that judge a line. Import it first of all.

const plant = namedIn(plants)
loadAltered(() => (plant ? [plant] : []))
