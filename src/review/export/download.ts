import { type Failure, failure, isFailureCode } from '#domain/kernel/failure.ts'
import { fail, ok, type Result } from '#domain/kernel/result.ts'
import { keepFile } from '#src/ui/keep-file.ts'

export interface ExportWish {
  readonly kind: string
  readonly from: string | undefined
  readonly to: string | undefined
  readonly withdrawn: boolean
  readonly personal: boolean
}

/** The route of an export; nothing that is not wished stands in it. */
export const exportPath = ({ kind, from, to, withdrawn, personal }: ExportWish): string => {
  const query = new URLSearchParams()
  if (from) query.set('from', from)
  if (to) query.set('to', to)
  if (withdrawn) query.set('withdrawn', '1')
  if (personal) query.set('personal', '1')
  const text = query.toString()
  return `/api/export/${kind}.csv${text && `?${text}`}`
}

/**
 * Fetches the file and hands it to the browser. A plain link could not say which of several people on this tablet asks. The whole
 * file is awaited, so that half a file is never kept for a whole one.
 */
export const download = async (
  wish: ExportWish,
  person: string,
  fetching: typeof fetch = fetch,
): Promise<Result<void, Failure>> => {
  try {
    const headers = { 'Bowon-Request': '1', 'Bowon-Person': person }
    const response = await fetching(exportPath(wish), { headers, cache: 'no-store' })
    if (!response.ok || !response.headers.get('Content-Type')?.startsWith('text/csv'))
      return fail(await reason(response))
    const name = /filename="([\w.-]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1]
    keepFile(await response.blob(), name ?? `bowon-${wish.kind}.csv`)
    return ok(undefined)
  } catch {
    return fail(failure('unavailable'))
  }
}

const reason = async (response: Response): Promise<Failure> => {
  const body = (await response.json().catch(() => null)) as { failure?: Failure } | null
  return body?.failure && isFailureCode(body.failure.code) ? body.failure : failure('server-fault')
}
