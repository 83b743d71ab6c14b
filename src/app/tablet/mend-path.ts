import type { HeldChange } from '#src/store/types.ts'

/** Where a held change is mended: the form of its kind, opened on it. */
export const mendPath = ({ kind, record, n }: Pick<HeldChange, 'kind' | 'record' | 'n'>): string => {
  switch (kind) {
    case 'training-session':
      return `/training/${record}/prepare?mend=${n}`
    case 'attendance':
      return '/training'
    case 'activity':
      return `/bwr/${record}/edit?mend=${n}`
    default:
      return `/records/${kind}/${record}/edit?mend=${n}`
  }
}
