import type { RecordId } from '#domain/kernel/id.ts'
import type { complaintCase } from '#domain/records/case.ts'
import { RecordHistory } from '#src/capture/history.tsx'
import { useHistory } from '#src/capture/use-history.ts'
import { useRecord } from '#src/session/hooks.ts'
import { type CaseView, caseId } from '../rows.ts'

/** Who decided what on the case, and when. */
export const CaseHistory = ({ complaint }: { complaint: RecordId }) => {
  const view = useRecord<typeof complaintCase>(caseId(complaint)).value
  return view ? <Told view={view} /> : null
}

const Told = ({ view }: { view: CaseView }) => (
  <div class="ruled">
    <RecordHistory record={view} history={useHistory(view.id, view.seq)} />
  </div>
)
