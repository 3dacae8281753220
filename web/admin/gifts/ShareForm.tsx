// A channel's own share of its gifts, in percent.
import { useState } from 'react'
import { Button, Card, Flex, Input, InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'
import { useAct } from '../shell/useAct.ts'
import { giftDeskApi } from './giftDeskApi.ts'

const BASIS = 100

export function ShareForm() {
  const { t } = useTranslation()
  const { busy, act } = useAct()
  const [channel, setChannel] = useState('')
  const [percent, setPercent] = useState<number | null>(null)
  const name = channel.trim()
  const look = async () => {
    if (name === '') return
    // An unknown channel is said when it is saved.
    const { share } = await giftDeskApi.share(name).catch(() => ({ share: null }))
    setPercent(share === null ? null : share / BASIS)
  }
  const save = () => act(() => giftDeskApi.setShare(name, percent === null ? null : Math.round(percent * BASIS)), t('gifts.admin.shareSaved'))
  return (
    <Card size="small" title={t('gifts.admin.share')} data-testid="gift-share">
      <p>{t('gifts.admin.shareLead')}</p>
      <Flex gap={12} wrap style={{ marginTop: 12 }}>
        <Input style={{ width: 220 }} value={channel} onChange={(event) => setChannel(event.target.value)} onBlur={() => void look()} placeholder={t('gifts.admin.channel')} aria-label={t('gifts.admin.channel')} />
        <InputNumber min={0} max={100} step={0.5} precision={2} value={percent} onChange={setPercent} suffix="%" aria-label={t('gifts.admin.percent')} placeholder={t('gifts.admin.percent')} style={{ width: 150 }} />
        <Button loading={busy} disabled={name === ''} onClick={() => void save()}>
          {t('app.save')}
        </Button>
      </Flex>
    </Card>
  )
}
