import type { HeldChange } from '#src/store/types.ts'

/** Where a held change is mended: the form of its kind, opened on it. */
export const mendPath = ({ kind, record, n, set }: Pick<HeldChange, 'kind' | 'record' | 'n' | 'set'>): string => {
  switch (kind) {
    case 'training-session':
      return `/training/${record}/prepare?mend=${n}`
    case 'attendance':
      return typeof set.session === 'string' ? `/training/${set.session}` : '/training'
    // what somebody has decided they decide anew, looking at the record
    case 'decision':
      return typeof set.about === 'string' ? `/review/${set.about}` : '/review'
    case 'activity':
      return `/bwr/${record}/edit?mend=${n}`
    default:
      return `/records/${kind}/${record}/edit?mend=${n}`
  }
}
