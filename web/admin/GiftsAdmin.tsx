// The back office: the gift catalogue.
import { useState } from 'react'
import { Alert, Button, Empty, Flex, Popconfirm, Table, Tag } from 'antd'
import type { TableProps } from 'antd'
import { Archive, Pencil, Plus, Rocket } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { AdminGift } from '../../server/contract/gifts.ts'
import { useResource } from '../client/useResource.ts'
import { giftName } from '../gifts/giftName.ts'
import { formatAmount } from '../i18n/formatMoney.ts'
import { formatWhen } from '../i18n/formatWhen.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { GiftEditor } from './gifts/GiftEditor.tsx'
import { giftDeskApi } from './gifts/giftDeskApi.ts'
import styles from './gifts/GiftsAdmin.module.css'
import { ShareForm } from './gifts/ShareForm.tsx'
import { AdminSection } from './shell/AdminSection.tsx'
import { AmountText } from './shell/AmountText.tsx'
import { useAct } from './shell/useAct.ts'

export function GiftsAdmin() {
  const { t, i18n } = useTranslation()
  const failureText = useFailureText()
  const { busy, act } = useAct()
  const { data, error, loading, reload } = useResource('admin gifts', (signal) => giftDeskApi.list(signal))
  const [edited, setEdited] = useState<AdminGift | 'new' | null>(null)
  const change = async (work: () => Promise<unknown>, done: string) => {
    if (await act(work, done)) reload()
  }
  const when = (iso: string | null) => (iso === null ? t('gifts.admin.always') : formatWhen(iso, i18n.language))
  const columns: TableProps<AdminGift>['columns'] = [
    { title: t('gifts.admin.icon'), key: 'icon', width: 72, render: (_value, { iconUrl }) => <img className={styles.icon} src={iconUrl} alt="" width={44} height={44} /> },
    {
      title: t('gifts.admin.name'),
      key: 'name',
      render: (_value, { draft }) => (
        <Flex vertical>
          <b>{giftName(draft.name, i18n.language)}</b>
          <small>{i18n.language === 'en' ? draft.name.zhCN : draft.name.en}</small>
        </Flex>
      ),
    },
    { title: t('gifts.admin.price'), key: 'price', align: 'right', render: (_value, { draft }) => <AmountText amount={draft.price} currency="coin" /> },
    { title: t('gifts.admin.tier'), key: 'tier', align: 'center', render: (_value, { draft }) => draft.tier },
    { title: t('gifts.admin.effect'), key: 'effect', render: (_value, { draft }) => t(`gifts.admin.effects.${draft.effect}`) },
    { title: t('gifts.admin.place'), key: 'place', align: 'right', render: (_value, { draft }) => draft.place },
    { title: t('gifts.admin.sale'), key: 'sale', render: (_value, { draft }) => (draft.onSaleFrom === null && draft.onSaleTo === null ? t('gifts.admin.always') : `${when(draft.onSaleFrom)} – ${when(draft.onSaleTo)}`) },
    { title: t('gifts.admin.sent'), key: 'sent', align: 'right', render: (_value, { sent }) => formatAmount(String(sent), i18n.language) },
    {
      title: t('gifts.admin.state'),
      key: 'state',
      render: (_value, { published, onSale, changed, draft }) => (
        <Flex gap={4} wrap>
          {published === null ? <Tag>{t('gifts.admin.draft')}</Tag> : <Tag color={onSale ? 'green' : 'default'}>{t(onSale ? 'gifts.admin.onSale' : 'gifts.admin.offSale')}</Tag>}
          {published === null ? null : <Tag>{t('gifts.admin.version', { version: published.version })}</Tag>}
          {changed ? <Tag color="gold">{t('gifts.admin.changed')}</Tag> : null}
          {draft.guardsOnly ? <Tag color="purple">{t('gifts.guardsOnly')}</Tag> : null}
        </Flex>
      ),
    },
    {
      key: 'actions',
      align: 'right',
      render: (_value, gift) => (
        <Flex gap={6} justify="end">
          <Button size="small" icon={<Pencil size={14} aria-hidden="true" />} onClick={() => setEdited(gift)} data-testid="gift-edit">
            {t('gifts.admin.edit')}
          </Button>
          {gift.changed || gift.published === null || !gift.onSale ? (
            <Button size="small" type="primary" disabled={busy} icon={<Rocket size={14} aria-hidden="true" />} onClick={() => void change(() => giftDeskApi.publish(gift.id), t('gifts.admin.published'))} data-testid="gift-publish">
              {t('gifts.admin.publish')}
            </Button>
          ) : null}
          {gift.onSale ? (
            <Popconfirm title={t('gifts.admin.retireAsk')} okText={t('gifts.admin.retire')} cancelText={t('app.cancel')} onConfirm={() => change(() => giftDeskApi.retire(gift.id), t('gifts.admin.retired'))}>
              <Button size="small" danger disabled={busy} icon={<Archive size={14} aria-hidden="true" />} data-testid="gift-retire">
                {t('gifts.admin.retire')}
              </Button>
            </Popconfirm>
          ) : null}
        </Flex>
      ),
    },
  ]
  return (
    <AdminSection
      title={t('gifts.title')}
      lead={t('gifts.admin.lead')}
      testId="admin-gifts"
      actions={
        <Button type="primary" icon={<Plus size={16} aria-hidden="true" />} onClick={() => setEdited('new')} data-testid="gift-add">
          {t('gifts.admin.add')}
        </Button>
      }
    >
      {error === null ? null : (
        <Alert
          type="error"
          showIcon
          title={failureText(error)}
          action={
            <Button size="small" onClick={reload}>
              {t('app.retry')}
            </Button>
          }
        />
      )}
      <Table<AdminGift> size="small" rowKey="id" columns={columns} dataSource={data === null ? [] : [...data]} loading={loading && data === null} pagination={false} scroll={{ x: 'max-content' }} locale={{ emptyText: data === null ? ' ' : <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('gifts.admin.empty')} /> }} />
      <ShareForm />
      {edited === null ? null : (
        <GiftEditor
          key={edited === 'new' ? 'new' : edited.id}
          gift={edited === 'new' ? null : edited}
          onClose={() => setEdited(null)}
          onSaved={() => {
            setEdited(null)
            reload()
          }}
        />
      )}
    </AdminSection>
  )
}
