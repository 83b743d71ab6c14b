import { useRef } from 'preact/hooks'
import { Button } from '#src/ui/button.tsx'

/** Opens the tablet's own choice of files; the same file may be chosen again. */
export const FilePicker = (props: { label: string; onPick: (file: File) => void }) => {
  const input = useRef<HTMLInputElement>(null)
  return (
    <div>
      <input
        ref={input}
        id="roster-file"
        class="visually-hidden"
        type="file"
        accept=".csv,.txt,text/csv,text/plain"
        aria-label={props.label}
        tabIndex={-1}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? []
          event.currentTarget.value = ''
          if (file) props.onPick(file)
        }}
      />
      <Button size="big" icon="upload" onClick={() => input.current?.click()}>
        {props.label}
      </Button>
    </div>
  )
}
