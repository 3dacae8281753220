// One person's wallet, found by name: balances, whether it is locked, and for admins the key.
import { useState } from 'react'
import { Alert, Button, Card, Descriptions, Form, Input, Skeleton, Tag } from 'antd'
import { LockOpen } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { may } from '../../../server/contract/permissions.ts'
import type { WalletView } from '../../../server/contract/wallet.ts'
import { useSession } from '../../accounts/SessionProvider.tsx'
import { useResource } from '../../client/useResource.ts'
import { formatAmount } from '../../i18n/formatMoney.ts'
import { useFailureText } from '../../i18n/useFailureText.ts'
import { AmountText } from '../shell/AmountText.tsx'
import { staffRole } from '../shell/staffRole.ts'
import { useAct } from '../shell/useAct.ts'
import styles from './LedgerAdmin.module.css'
import { ledgerApi } from './ledgerApi.ts'

type Props = {
  /** Whose; empty: nobody's yet. */
  readonly name: string
  readonly onLookUp: (name: string) => void
}

export function WalletLookup({ name, onLookUp }: Props) {
  const { t } = useTranslation()
  return (
    <div className={styles.lookup}>
      <Input.Search key={name} defaultValue={name} enterButton={t('admin.ledger.lookUp')} placeholder={t('admin.ledger.nameHint')} aria-label={t('admin.ledger.nameHint')} maxLength={64} onSearch={(text) => onLookUp(text.trim().replace(/^@/, ''))} data-testid="wallet-name" />
      {name === '' ? null : <Found key={name} name={name} />}
    </div>
  )
}

function Found({ name }: { readonly name: string }) {
  const failureText = useFailureText()
  const { data, error, replace } = useResource(`wallet of ${name}`, (signal) => ledgerApi.wallet(name, signal))
  if (data === null) return error === null ? <Skeleton active avatar /> : <Alert type={error.code === 'user-not-found' ? 'info' : 'error'} showIcon title={failureText(error)} />
  return <WalletCard name={name} wallet={data} onChanged={replace} />
}

function WalletCard({ name, wallet, onChanged }: { readonly name: string; readonly wallet: WalletView; readonly onChanged: (wallet: WalletView) => void }) {
  const { t, i18n } = useTranslation()
  const held = (amount: string) => (amount === '0' ? null : <small>{t('admin.ledger.held', { amount: formatAmount(amount, i18n.language) })}</small>)
  return (
    <Card data-testid="wallet-card">
      <div className={styles.owner}>
        <Link to={`/u/${name}`}>@{name}</Link>
        <Tag color={wallet.locked ? 'error' : 'success'}>{t(wallet.locked ? 'admin.ledger.locked' : 'admin.ledger.open')}</Tag>
      </div>
      <Descriptions
        className={styles.balances}
        column={{ xs: 1, sm: 2 }}
        layout="vertical"
        colon={false}
        items={(['coin', 'bean'] as const).map((currency) => ({
          key: currency,
          label: t(currency === 'coin' ? 'wallet.coinsTitle' : 'wallet.beansTitle'),
          children: (
            <span className={styles.balance}>
              <AmountText amount={currency === 'coin' ? wallet.coins : wallet.beans} currency={currency} />
              {held(currency === 'coin' ? wallet.heldCoins : wallet.heldBeans)}
            </span>
          ),
        }))}
      />
      {wallet.locked ? <Unlock name={name} onChanged={onChanged} /> : null}
      <div className={styles.links}>
        <Link to={`/admin/ledger?user=${encodeURIComponent(name)}`}>{t('admin.ledger.itsTransfers')}</Link>
      </div>
    </Card>
  )
}

function Unlock({ name, onChanged }: { readonly name: string; readonly onChanged: (wallet: WalletView) => void }) {
  const { t } = useTranslation()
  const { me } = useSession()
  const { busy, act } = useAct()
  const [reason, setReason] = useState('')
  const allowed = may(staffRole(me), 'wallet:unlock')
  const unlock = () => act(async () => onChanged(await ledgerApi.unlock(name, reason.trim())), t('admin.ledger.unlocked'))
  return (
    <div className={styles.problems}>
      <Alert type="warning" showIcon title={t('admin.ledger.lockedHint')} description={allowed ? undefined : t('admin.ledger.onlyAdmins')} />
      {allowed ? (
        <Form layout="vertical" onFinish={() => void unlock()}>
          <Form.Item label={t('admin.ledger.unlockReason')}>
            <Input value={reason} maxLength={300} onChange={(event) => setReason(event.target.value)} data-testid="unlock-reason" />
          </Form.Item>
          <Button htmlType="submit" type="primary" icon={<LockOpen size={16} aria-hidden="true" />} loading={busy} disabled={reason.trim() === ''} data-testid="wallet-unlock">
            {t('admin.ledger.unlock')}
          </Button>
        </Form>
      ) : null}
    </div>
  )
}
