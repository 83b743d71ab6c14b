import type { RecordView } from '#src/store/types.ts'
import { SafetyBadge } from '#src/ui/safety-badge.tsx'

/** Where a record's work is: on this tablet, safe on the server, or held back until somebody looks. */
export const SafetyOf = ({ record }: { record: Pick<RecordView, 'safety'> }) => <SafetyBadge state={record.safety} />
