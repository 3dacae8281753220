// What gifts draw over the picture: banners, effects and red packets.
import type { ChatFeed } from '../chat/ChatFeed.ts'
import { BannerList } from './BannerList.tsx'
import { EffectStage } from './EffectStage.tsx'
import type { GiftShow } from './GiftShow.ts'
import { Packets } from './Packets.tsx'

export function GiftStage({ show, feed }: { readonly show: GiftShow; readonly feed: ChatFeed }) {
  return (
    <>
      <EffectStage show={show} />
      <BannerList show={show} place="stage" />
      <Packets channel={feed.channel} source={feed} show={show} />
    </>
  )
}
