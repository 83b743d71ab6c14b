import { keyedSetOf } from '#domain/fields/keyed-set.ts'
import { addDays, type Day, dayOfInstant, instantOf } from '#domain/kernel/day.ts'
import { activitySteps } from './activities.ts'
import { chanceOf } from './chance.ts'
import { samplePeople } from './people.ts'
import { samplePlaces } from './places.ts'
import { isNorth, sampleStaff, staffNamed, tabletNorth, tabletSouth } from './staff.ts'
import type { Step } from './step.ts'
import { trainingSteps } from './training.ts'

/** When the invented province began: everything else is later. */
export const beginningOf = (now: number): number => instantOf(addDays(dayOfInstant(now), -60), '09:00')

/**
 * The invented province as it would stand at `now`, in the order of time; the same seed, key and moment give the same story. Ends before
 * `now`.
 */
export const sampleStory = (seed: number, now: number, provinceKey: Uint8Array): Step[] => {
  const chance = chanceOf(seed)
  const today: Day = dayOfInstant(now)
  const begun = beginningOf(now)
  const people = samplePeople(chance, provinceKey)
  const steps = [
    ...foundations(begun),
    ...people.map(
      (person): Step => ({
        at: begun + 3_600_000,
        by: staffNamed(isNorth(person.place) ? 'officer' : 'officer2').id,
        device: (isNorth(person.place) ? tabletNorth : tabletSouth).id,
        kind: 'person',
        record: person.id,
        set: person.set,
      }),
    ),
    ...trainingSteps(chance, today, now, people),
    ...activitySteps(chance, today, now),
  ]
  return steps.sort((a, b) => a.at - b.at)
}

const foundations = (at: number): Step[] => {
  const by = staffNamed('admin').id
  const own = { at, by, device: null }
  return [
    ...sampleStaff.map(({ id, name, position, roles, places }): Step => {
      const reach = places
        ? { places: keyedSetOf(places.map((index) => samplePlaces[index]!.id)) }
        : { wholeProvince: true }
      return {
        ...own,
        kind: 'staff',
        record: id,
        set: { name, position, active: true, roles: keyedSetOf(roles), ...reach },
      }
    }),
    ...samplePlaces.map(({ id, ...set }): Step => ({ ...own, kind: 'place', record: id, set })),
  ]
}
