// The few links of a profile: a text and an address each.
import { Plus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { LINKS_MAX } from '../../server/contract/accounts.ts'
import type { AccountView } from '../../server/contract/accounts.ts'
import { Button } from '../ui/Button.tsx'
import { TextField } from '../ui/Field.tsx'
import styles from './LinkFields.module.css'

type Links = AccountView['links']
type Props = { readonly links: Links; readonly fields: Readonly<Record<string, string>>; readonly onChange: (links: Links) => void }

export function LinkFields({ links, fields, onChange }: Props) {
  const { t } = useTranslation()
  const change = (at: number, part: Partial<Links[number]>) => onChange(links.map((link, index) => (index === at ? { ...link, ...part } : link)))
  return (
    <fieldset className={styles.links}>
      <legend>{t('settings.profile.links')}</legend>
      <p className={styles.hint}>{t('settings.profile.linksHint', { max: LINKS_MAX })}</p>
      {links.map(({ label, url }, at) => (
        // Fields have no identity of their own but their place.
        <div className={styles.link} key={at}>
          <TextField label={t('settings.profile.linkLabel')} value={label} maxLength={30} onChange={(event) => change(at, { label: event.target.value })} error={`links.${at}.label` in fields ? t('settings.field.label') : null} />
          <TextField
            label={t('settings.profile.linkUrl')}
            value={url}
            inputMode="url"
            placeholder="https://"
            maxLength={200}
            onChange={(event) => change(at, { url: event.target.value })}
            error={`links.${at}.url` in fields ? t('settings.field.url') : null}
          />
          <button type="button" className={styles.remove} aria-label={t('settings.profile.removeLink', { number: at + 1 })} onClick={() => onChange(links.filter((_link, index) => index !== at))}>
            <X size={18} aria-hidden="true" />
          </button>
        </div>
      ))}
      {links.length >= LINKS_MAX ? null : (
        <div>
          <Button icon={<Plus aria-hidden="true" />} onClick={() => onChange([...links, { label: '', url: '' }])} data-testid="add-link">
            {t('settings.profile.addLink')}
          </Button>
        </div>
      )}
    </fieldset>
  )
}
