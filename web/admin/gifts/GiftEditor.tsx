// The drawer in which an operator draws up a gift: names, price, looks with a live preview, and when it is on sale.
import { useState } from 'react'
import { Button, Drawer, Flex, Form, Input, InputNumber, Segmented, Switch } from 'antd'
import { Upload } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { giftEffects } from '../../../server/contract/gifts.ts'
import type { AdminGift, GiftDraft, GiftEffect } from '../../../server/contract/gifts.ts'
import { giftName } from '../../gifts/giftName.ts'
import { parseAmount } from '../../i18n/formatMoney.ts'
import { useAct } from '../shell/useAct.ts'
import { EffectPreview } from './EffectPreview.tsx'
import { giftDeskApi } from './giftDeskApi.ts'
import styles from './GiftsAdmin.module.css'
import { fromLocal, toLocal } from './localTime.ts'

type Fields = { readonly en: string; readonly zhCN: string; readonly price: string; readonly tier: number; readonly place: number; readonly durationMs: number; readonly from: string; readonly to: string; readonly guardsOnly: boolean }
type Looks = { readonly icon: string; readonly iconUrl: string | null; readonly effect: GiftEffect; readonly effectFile: string | null; readonly effectUrl: string | null }
type Props = { /** Null: a new one. */ readonly gift: AdminGift | null; readonly onClose: () => void; readonly onSaved: () => void }

const fieldsOf = (gift: AdminGift | null): Fields => {
  if (gift === null) return { en: '', zhCN: '', price: '', tier: 1, place: 500, durationMs: 0, from: '', to: '', guardsOnly: false }
  const { name, price, tier, place, durationMs, onSaleFrom, onSaleTo, guardsOnly } = gift.draft
  return { en: name.en, zhCN: name.zhCN, price, tier, place, durationMs, from: toLocal(onSaleFrom), to: toLocal(onSaleTo), guardsOnly }
}
const looksOf = (gift: AdminGift | null): Looks => (gift === null ? { icon: '', iconUrl: null, effect: 'none', effectFile: null, effectUrl: null } : { icon: gift.draft.icon, iconUrl: gift.iconUrl, effect: gift.draft.effect, effectFile: gift.draft.effectFile, effectUrl: gift.effectUrl })

export function GiftEditor({ gift, onClose, onSaved }: Props) {
  const { t, i18n } = useTranslation()
  const { busy, act } = useAct()
  const [form] = Form.useForm<Fields>()
  const [looks, setLooks] = useState(() => looksOf(gift))
  const [uploading, setUploading] = useState<'icon' | 'effect' | null>(null)
  const durationMs = Form.useWatch('durationMs', form) ?? fieldsOf(gift).durationMs
  const needed = { required: true, whitespace: true, message: t('gifts.admin.needed') }

  const upload = async (kind: 'icon' | 'effect', chosen: FileList | null) => {
    const file = chosen?.[0]
    if (file === undefined) return
    setUploading(kind)
    await act(async () => {
      const stored = await giftDeskApi.upload(kind, file)
      if (stored.kind === 'icon') return setLooks((old) => ({ ...old, icon: stored.file, iconUrl: stored.url }))
      const { kind: effect } = stored
      setLooks((old) => ({ ...old, effect, effectFile: stored.file, effectUrl: stored.url }))
      if (stored.durationMs !== null) form.setFieldValue('durationMs', stored.durationMs)
    }, t('gifts.admin.uploaded'))
    setUploading(null)
  }
  const save = async ({ en, zhCN, price, tier, place, durationMs: duration, from, to, guardsOnly }: Fields) => {
    const effect = looks.effectFile === null ? 'none' : looks.effect
    const draft: GiftDraft = { name: { en, zhCN }, price: parseAmount(price, 'coin') ?? '', icon: looks.icon, effect, effectFile: effect === 'none' ? null : looks.effectFile, durationMs: duration, tier, place, onSaleFrom: fromLocal(from), onSaleTo: fromLocal(to), guardsOnly }
    if (await act(() => (gift === null ? giftDeskApi.create(draft) : giftDeskApi.save(gift.id, draft)), t('gifts.admin.saved'))) onSaved()
  }
  const price = { validator: (_rule: unknown, text: string) => ((parseAmount(text ?? '', 'coin') ?? '0') === '0' ? Promise.reject(new Error(t('gifts.packetTotalWrong'))) : Promise.resolve()) }
  return (
    <Drawer
      open
      onClose={onClose}
      size={560}
      title={gift === null ? t('gifts.admin.add') : giftName(gift.draft.name, i18n.language)}
      extra={
        <Button type="primary" loading={busy} disabled={looks.icon === ''} onClick={form.submit} data-testid="gift-save">
          {t('gifts.admin.save')}
        </Button>
      }
    >
      <EffectPreview key={looks.effectUrl} effect={looks.effect} url={looks.effectUrl} iconUrl={looks.iconUrl} durationMs={durationMs} />
      <div className={styles.files}>
        {(['icon', 'effect'] as const).map((kind) => (
          <label key={kind}>
            <b>{t(`gifts.admin.${kind}`)}</b>
            <input type="file" className="visually-hidden" accept={kind === 'icon' ? '.svg,.png,.webp' : '.json,.svga,.webm,.mp4'} disabled={uploading !== null} onChange={(event) => void upload(kind, event.target.files)} aria-busy={uploading === kind} data-testid={`gift-upload-${kind}`} />
            <span className={styles.choose}>
              <Upload size={16} aria-hidden="true" />
              {t(uploading === kind ? 'app.loading' : 'gifts.admin.chooseFile')}
            </span>
            <small>{t(kind === 'icon' ? 'gifts.admin.uploadIcon' : 'gifts.admin.uploadEffect')}</small>
          </label>
        ))}
      </div>
      <Form<Fields> form={form} layout="vertical" initialValues={fieldsOf(gift)} onFinish={(fields) => void save(fields)} requiredMark={false} data-testid="gift-form">
        <Form.Item label={t('gifts.admin.effect')}>
          <Segmented value={looks.effect} onChange={(effect) => setLooks({ ...looks, effect, ...(effect === 'none' ? { effectFile: null, effectUrl: null } : {}) })} options={giftEffects.map((value) => ({ value, label: t(`gifts.admin.effects.${value}`), disabled: value !== 'none' && value !== looks.effect }))} />
        </Form.Item>
        <div className={styles.pair}>
          <Form.Item name="en" label={t('gifts.admin.nameEn')} rules={[needed]}>
            <Input maxLength={40} />
          </Form.Item>
          <Form.Item name="zhCN" label={t('gifts.admin.nameZh')} rules={[needed]}>
            <Input maxLength={40} />
          </Form.Item>
          <Form.Item name="price" label={t('gifts.admin.price')} rules={[price]}>
            <Input inputMode="numeric" />
          </Form.Item>
          <Form.Item name="durationMs" label={t('gifts.admin.duration')}>
            <InputNumber min={0} max={20_000} step={100} precision={0} className={styles.wide} />
          </Form.Item>
          <Form.Item name="tier" label={t('gifts.admin.tier')} tooltip={t('gifts.admin.tierHint')}>
            <Segmented block options={[1, 2, 3, 4, 5]} />
          </Form.Item>
          <Form.Item name="place" label={t('gifts.admin.place')} tooltip={t('gifts.admin.placeHint')}>
            <InputNumber min={0} max={100_000} precision={0} className={styles.wide} />
          </Form.Item>
          <Form.Item name="from" label={`${t('gifts.admin.sale')}: ${t('gifts.admin.from')}`}>
            <Input type="datetime-local" />
          </Form.Item>
          <Form.Item name="to" label={`${t('gifts.admin.sale')}: ${t('gifts.admin.to')}`}>
            <Input type="datetime-local" />
          </Form.Item>
        </div>
        <Flex align="center" gap={12}>
          <Form.Item name="guardsOnly" valuePropName="checked" noStyle>
            <Switch />
          </Form.Item>
          <span>{t('gifts.admin.guardsOnly')}</span>
        </Flex>
      </Form>
    </Drawer>
  )
}
