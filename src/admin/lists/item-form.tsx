import { useSignal } from '@preact/signals'
import { useLocation } from 'preact-iso'
import type { RecordId } from '#domain/kernel/id.ts'
import { thaiDigitsToArabic } from '#domain/kernel/thai-text.ts'
import type { Values } from '#domain/record-kind.ts'
import { nodes } from '#domain/records/activity.ts'
import { codeList } from '#domain/records/code-list.ts'
import { FormScreen } from '#src/capture/form-screen.tsx'
import { useDraftName, useOpened } from '#src/capture/opened.ts'
import { RecordMissing } from '#src/capture/record-missing.tsx'
import { useForm } from '#src/capture/use-form.ts'
import { t } from '#src/i18n/index.ts'
import { useApp } from '#src/session/context.ts'
import type { RecordView } from '#src/store/types.ts'
import { Switch } from '#src/ui/checkbox.tsx'
import { ChipChoice } from '#src/ui/chips.tsx'
import { NumberField } from '#src/ui/number-field.tsx'
import { SelectField } from '#src/ui/select-field.tsx'
import { TextField } from '#src/ui/text-field.tsx'
import { toast } from '#src/ui/toast.tsx'
import { w } from '../words.ts'
import { freeCode, partsOfList } from './item-parts.ts'
import { listName } from './list-names.ts'

type ListView = RecordView<Values<typeof codeList>>
type Item = NonNullable<Values<typeof codeList>['items']>[string]

export const ItemNew = ({ id }: { id: string }) => <Opened id={id} />
export const ItemEdit = ({ id, code }: { id: string; code: string }) => <Opened id={id} code={code} />

const Opened = ({ id, code }: { id: string; code?: string }) => {
  const record = useOpened<typeof codeList>(id as RecordId)
  if (record === undefined) return null
  if (record === null || (code !== undefined && !Object.hasOwn(record.values.items ?? {}, code))) {
    return <RecordMissing back={record ? `/admin/lists/${id}` : '/admin/lists'} />
  }
  return <ItemForm record={record} code={code} />
}

/** One entry of a list: its words in both languages, its place in the order, and what this list needs besides. */
const ItemForm = ({ record, code: given }: { record: ListView; code: string | undefined }) => {
  const { names } = useApp()
  const { route } = useLocation()
  const draft = `${useDraftName(codeList.kind, record.id)}.${given ?? 'new'}`
  const form = useForm(codeList, { draft, record })
  const before = record.values.items ?? {}
  const items = form.values.value.items ?? {}
  // a new entry may already stand in the draft that was kept
  const started = Object.keys(items).find((one) => !Object.hasOwn(before, one))
  const typedCode = useSignal<string | undefined>(undefined)
  const code = given ?? typedCode.value ?? started ?? freeCode(Object.keys(before))
  const item: Item = items[code] ?? items[started ?? ''] ?? { order: Object.keys(before).length }
  const taken = given === undefined && Object.hasOwn(before, code)
  const wrong = given === undefined && !/^[A-Za-z0-9._-]{1,40}$/.test(code)

  const put = (at: string, next: Item) => form.set('items', { ...before, [at]: { ...next, on: true } })
  const set = (more: Item) => {
    if (!taken && !wrong) put(code, { ...item, ...more })
  }
  const extra = partsOfList(record.values.name)
  const back = `/admin/lists/${record.id}`
  const altered = form.dirty.value
  const nameless = altered && !item.th?.trim() && !item.en?.trim()
  return (
    <FormScreen
      kind={codeList}
      form={form}
      title={`${listName(record.values)} · ${given ? t('edit') : w('lists.new')}`}
      saveLabel={t('save')}
      leave={() => route(back, true)}
      onSaved={() => {
        if (altered) toast(t('saved'))
        route(back, true)
      }}
    >
      <TextField
        id="item-th"
        label={w('lists.th')}
        value={item.th ?? ''}
        maxLength={300}
        error={nameless ? t('errors.required') : undefined}
        onInput={(th) => set({ th })}
      />
      <TextField
        id="item-en"
        label={w('lists.en')}
        optional
        value={item.en ?? ''}
        maxLength={300}
        onInput={(en) => set({ en })}
      />
      {extra.includes('number') && (
        <TextField
          id="item-number"
          label={w('lists.number')}
          hint={w('lists.numberHint')}
          type="tel"
          inputMode="tel"
          value={item.number ?? ''}
          maxLength={40}
          onInput={(number) => set({ number: thaiDigitsToArabic(number) })}
        />
      )}
      {extra.includes('node') && (
        <ChipChoice
          id="item-node"
          label={w('lists.node')}
          options={nodes.map((node) => ({ value: node as string, label: t(`nodes.${node}`) }))}
          value={item.node ?? undefined}
          onChange={(node) => set({ node })}
        />
      )}
      {extra.includes('parent') && (
        <SelectField
          id="item-parent"
          label={w('lists.parent')}
          value={item.parent ?? ''}
          placeholder={w('places.chooseDistrict')}
          options={names.items('district').map((one) => ({ value: one.code, label: one.label }))}
          onChange={(parent) => set({ parent })}
        />
      )}
      <NumberField
        id="item-order"
        label={w('lists.order')}
        hint={w('lists.orderHint')}
        value={item.order ?? undefined}
        max={100_000}
        onChange={(order) => set({ order: order ?? null })}
      />
      {extra.includes('urgent') && (
        <Switch
          id="item-urgent"
          label={w('lists.urgent')}
          hint={w('lists.urgentHint')}
          checked={item.urgent === true}
          onChange={(urgent) => set({ urgent })}
        />
      )}
      <Switch
        id="item-confirmed"
        label={w('lists.confirmed')}
        hint={w('lists.confirmedHint')}
        checked={item.confirmed === true}
        onChange={(confirmed) => set({ confirmed })}
      />
      {given === undefined ? (
        <TextField
          id="item-code"
          label={w('lists.code')}
          hint={w('lists.codeHint')}
          value={code}
          error={taken ? w('lists.codeTaken') : wrong ? w('lists.codeWrong') : undefined}
          onInput={(next) => {
            typedCode.value = next
            if (/^[A-Za-z0-9._-]{1,40}$/.test(next) && !Object.hasOwn(before, next)) put(next, item)
          }}
        />
      ) : (
        <Switch
          id="item-retired"
          label={w('lists.retire')}
          hint={w('lists.retireHint')}
          checked={item.retired === true}
          onChange={(retired) => set({ retired })}
        />
      )}
    </FormScreen>
  )
}
