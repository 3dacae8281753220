// A red packet among the chat's messages.
import { useTranslation } from 'react-i18next'
import type { PacketLine, PacketView } from '../../server/contract/gifts.ts'
import { formatAmount } from '../i18n/formatMoney.ts'
import { PacketIcon } from './PacketIcon.tsx'
import styles from './PacketRow.module.css'

export function PacketRow({ line, onOpen }: { readonly line: PacketLine; readonly onOpen: ((packet: PacketView) => void) | undefined }) {
  const { t, i18n } = useTranslation()
  const { packet, sender } = line
  const words = (
    <>
      <PacketIcon size={34} />
      <span>
        <b>{sender.displayName}</b>
        <small>{t('gifts.packetLine', { count: packet.shares, total: formatAmount(packet.total, i18n.language) })}</small>
      </span>
    </>
  )
  if (onOpen === undefined)
    return (
      <div className={styles.row} data-testid="packet-row">
        {words}
      </div>
    )
  return (
    <button type="button" className={styles.row} onClick={() => onOpen(packet)} data-testid="packet-row">
      {words}
      <em>{t('gifts.packetOpen')}</em>
    </button>
  )
}
