// Banners of gifts over a kept broadcast, in time with its picture.
import { useEffect } from 'react'
import type { ChatSource } from '../chat/ChatSource.ts'
import { BannerList } from './BannerList.tsx'
import { useGiftShow } from './useGiftShow.ts'

export function ReplayGifts({ source, video, ownName }: { readonly source: ChatSource; readonly video: HTMLVideoElement | null; readonly ownName: string | null }) {
  const show = useGiftShow(source, ownName, 'banners')
  useEffect(() => {
    if (show === null || video === null) return
    const sought = () => show.clear()
    video.addEventListener('seeking', sought)
    return () => video.removeEventListener('seeking', sought)
  }, [show, video])
  return show === null ? null : <BannerList show={show} place="replay" />
}
