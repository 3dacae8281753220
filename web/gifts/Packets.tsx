// Red packets over the picture: each with its countdown, opened by a tap.
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { PacketView } from '../../server/contract/gifts.ts'
import type { ChatSource } from '../chat/ChatSource.ts'
import { useSockets } from '../client/SocketProvider.tsx'
import { formatDuration } from '../i18n/formatDuration.ts'
import { useNow } from '../i18n/useNow.ts'
import type { GiftShow } from './GiftShow.ts'
import { PacketBook } from './PacketBook.ts'
import { PacketDialog } from './PacketDialog.tsx'
import { PacketIcon } from './PacketIcon.tsx'
import styles from './Packets.module.css'
import { useGiftSnapshot } from './useGiftShow.ts'

const AT_ONCE = 3

function usePacketBook(channel: string, source: ChatSource): PacketBook | null {
  const sockets = useSockets()
  const [book, setBook] = useState<PacketBook | null>(null)
  useEffect(() => {
    let current: PacketBook | null = null
    let gone = false
    const stop = source.onFresh(({ line }) => line?.type === 'packet' && current?.take(line.packet))
    void sockets.get().then(
      (socket) => {
        if (gone) return
        current = new PacketBook({ channel, socket })
        setBook(current)
      },
      () => undefined,
    )
    return () => {
      gone = true
      stop()
      current?.close()
      setBook(null)
    }
  }, [channel, source, sockets])
  return book
}

function Floating({ packet, claimed, ahead, onOpen }: { readonly packet: PacketView; readonly claimed: boolean; readonly ahead: number; readonly onOpen: () => void }) {
  const { t } = useTranslation()
  const now = useNow() + ahead
  const left = Date.parse(packet.opensAt) - now
  const waits = packet.state === 'waiting' && left > 0
  const words = waits ? formatDuration(left + 999) : claimed ? t('gifts.packetGot') : packet.state === 'empty' ? t('gifts.packetEmpty') : packet.state === 'returned' ? t('gifts.packetOver') : t('gifts.packetOpen')
  const state = waits ? 'waiting' : packet.state === 'waiting' ? 'open' : packet.state
  return (
    <button type="button" className={styles.packet} onClick={onOpen} data-state={claimed ? 'claimed' : state} aria-label={t('gifts.packetOf', { name: packet.sender.displayName, state: words })} data-testid="packet" data-id={packet.id}>
      <PacketIcon size={46} />
      <span>{words}</span>
    </button>
  )
}

export function Packets({ channel, source, show }: { readonly channel: string; readonly source: ChatSource; readonly show: GiftShow }) {
  const book = usePacketBook(channel, source)
  return book === null ? null : <PacketsOf book={book} show={show} />
}

function PacketsOf({ book, show }: { readonly book: PacketBook; readonly show: GiftShow }) {
  const { packets, claimed, ahead } = useSyncExternalStore(book.subscribe, () => book.snapshot)
  const { packet: opened } = useGiftSnapshot(show)
  return (
    <>
      <div className={styles.list}>
        {packets.slice(0, AT_ONCE).map((packet) => (
          <Floating key={packet.id} packet={packet} claimed={claimed.has(packet.id)} ahead={ahead} onOpen={() => show.openPacket(packet)} />
        ))}
      </div>
      {opened === null ? null : <PacketDialog key={opened.id} packet={packets.find(({ id }) => id === opened.id) ?? opened} book={book} claimed={claimed.has(opened.id)} ahead={ahead} onClose={() => show.openPacket(null)} />}
    </>
  )
}
