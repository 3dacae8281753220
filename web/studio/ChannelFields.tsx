// Title and category, asked alike when a channel is opened and when it is changed.
import { useTranslation } from 'react-i18next'
import type { Category } from '../../server/contract/http.ts'
import { en } from '../i18n/en.ts'
import { SelectField, TextField } from '../ui/Field.tsx'

const categories = Object.keys(en.category) as Category[]

type Props = { readonly title?: string; readonly category?: Category; readonly errors: Readonly<Record<string, string>> }

export function ChannelFields({ title = '', category = 'talk', errors }: Props) {
  const { t } = useTranslation()
  return (
    <>
      <TextField label={t('studio.channelTitle')} name="title" defaultValue={title} required maxLength={100} hint={t('studio.titleHint')} error={'title' in errors ? t('field.title') : null} />
      <SelectField label={t('studio.category')} name="category" defaultValue={category} error={'category' in errors ? t('field.category') : null}>
        {categories.map((name) => (
          <option key={name} value={name}>
            {t(`category.${name}`)}
          </option>
        ))}
      </SelectField>
    </>
  )
}
