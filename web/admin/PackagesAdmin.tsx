// The back office: what coins cost.
import { useState } from 'react'
import { Alert, Button, Flex, Popconfirm, Switch, Table, Tag } from 'antd'
import type { TableProps } from 'antd'
import { Pencil, Plus, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { AdminPackageView } from '../../server/contract/recharge.ts'
import { useResource } from '../client/useResource.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { PackageForm } from './recharge/PackageForm.tsx'
import { rechargeDeskApi } from './recharge/rechargeDeskApi.ts'
import { AdminSection } from './shell/AdminSection.tsx'
import { AmountText } from './shell/AmountText.tsx'
import { useAct } from './shell/useAct.ts'

export function PackagesAdmin() {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const { busy, act } = useAct()
  const { data, error, loading, reload } = useResource('admin packages', (signal) => rechargeDeskApi.packages(signal))
  const [edited, setEdited] = useState<AdminPackageView | 'new' | null>(null)

  const change = async (work: () => Promise<unknown>, done: string) => {
    if (await act(work, done)) reload()
  }
  const columns: TableProps<AdminPackageView>['columns'] = [
    { title: t('recharge.price'), key: 'price', align: 'right', render: (_value, { price, currency }) => <b><AmountText amount={price} currency={currency} /></b> },
    { title: t('recharge.coins'), key: 'coins', align: 'right', render: (_value, { coins }) => <AmountText amount={coins} currency="coin" /> },
    { title: t('recharge.admin.bonus'), key: 'bonus', align: 'right', render: (_value, { bonus }) => (bonus === '0' ? '–' : <AmountText amount={bonus} currency="coin" signed />) },
    { title: t('recharge.admin.badge'), key: 'badge', render: (_value, { badge }) => (badge.en === '' && badge['zh-CN'] === '' ? '–' : <Flex gap={4} wrap>{[badge.en, badge['zh-CN']].filter(Boolean).map((text) => <Tag key={text} color="gold">{text}</Tag>)}</Flex>) },
    { title: t('recharge.admin.position'), dataIndex: 'position', key: 'position', align: 'right' },
    {
      title: t('recharge.admin.onSale'),
      key: 'onSale',
      render: (_value, { id, onSale, ...rest }) => (
        <Switch size="small" checked={onSale} disabled={busy} aria-label={t('recharge.admin.onSale')} onChange={(wanted) => void change(() => rechargeDeskApi.changePackage(id, { ...rest, onSale: wanted }), t('recharge.admin.saved'))} />
      ),
    },
    {
      key: 'acts',
      align: 'right',
      render: (_value, one) => (
        <Flex gap={4} justify="flex-end">
          <Button type="text" icon={<Pencil size={16} aria-hidden="true" />} aria-label={t('recharge.admin.editPackage')} onClick={() => setEdited(one)} />
          <Popconfirm title={t('recharge.admin.removeAsk')} okText={t('recharge.admin.remove')} cancelText={t('app.cancel')} onConfirm={() => change(() => rechargeDeskApi.removePackage(one.id), t('recharge.admin.removed'))}>
            <Button type="text" danger icon={<Trash2 size={16} aria-hidden="true" />} aria-label={t('recharge.admin.remove')} />
          </Popconfirm>
        </Flex>
      ),
    },
  ]
  return (
    <AdminSection
      title={t('admin.section.packages')}
      lead={t('recharge.admin.packagesLead')}
      testId="packages-admin"
      actions={
        <Button type="primary" icon={<Plus size={16} aria-hidden="true" />} onClick={() => setEdited('new')} data-testid="add-package">
          {t('recharge.admin.addPackage')}
        </Button>
      }
    >
      {error === null ? null : <Alert type="error" showIcon title={failureText(error)} action={<Button size="small" onClick={reload}>{t('app.retry')}</Button>} />}
      <Table<AdminPackageView> rowKey="id" columns={columns} dataSource={data === null ? [] : [...data]} loading={loading && data === null} pagination={false} scroll={{ x: 'max-content' }} size="middle" />
      {edited === null ? null : (
        <PackageForm
          edited={edited === 'new' ? null : edited}
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
