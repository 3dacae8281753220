// More codes for goods that are codes.
import { useState } from 'react'
import { Button, Drawer, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import type { AdminGoods } from '../../../server/contract/shop.ts'
import { wordsOf } from '../../shop/wordsOf.ts'
import { useAct } from '../shell/useAct.ts'
import styles from './Goods.module.css'
import { goodsAdminApi } from './goodsAdminApi.ts'

type Props = { readonly goods: AdminGoods; readonly onAdded: () => void; readonly onClose: () => void }

export function CodesDrawer({ goods, onAdded, onClose }: Props) {
  const { t, i18n } = useTranslation()
  const { busy, act } = useAct()
  const [text, setText] = useState('')
  const [told, setTold] = useState<string | null>(null)
  const add = () =>
    act(async () => {
      const { added, repeated } = await goodsAdminApi.addCodes(goods.id, text)
      setTold(t('shop.admin.codesDone', { added, repeated }))
      setText('')
      onAdded()
    }, t('shop.admin.saved'))
  return (
    <Drawer open size="default" title={`${t('shop.admin.codes')} · ${wordsOf(goods.name, i18n.language)}`} onClose={onClose}>
      <p className={styles.note}>{t('shop.admin.codesLead')}</p>
      <Input.TextArea rows={14} value={text} onChange={(event) => setText(event.target.value)} spellCheck={false} aria-label={t('shop.admin.codes')} data-testid="goods-codes-text" />
      <p className={styles.note} role="status">
        {told}
      </p>
      <Button type="primary" loading={busy} disabled={text.trim() === ''} onClick={() => void add()} data-testid="goods-codes-add">
        {t('shop.admin.codesAdd')}
      </Button>
    </Drawer>
  )
}
