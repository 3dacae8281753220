// What lies over a picture: messages that fly by, hearts, and guards who come in; loaded once there is a chat.
import { Suspense } from 'react'
import type { ChatFeed } from '../chat/ChatFeed.ts'
import { lazyPart } from '../client/lazyPart.ts'
import type { DanmakuSettings } from '../danmaku/danmakuSettings.ts'
import type { GiftShow } from '../gifts/GiftShow.ts'

const DanmakuLayer = lazyPart(() => import('../danmaku/DanmakuLayer.tsx').then((layer) => ({ default: layer.DanmakuLayer })))
const HeartLayer = lazyPart(() => import('../danmaku/HeartLayer.tsx').then((layer) => ({ default: layer.HeartLayer })))
const GuardEntrance = lazyPart(() => import('../guard/GuardEntrance.tsx').then((entrance) => ({ default: entrance.GuardEntrance })))
const GiftStage = lazyPart(() => import('../gifts/GiftStage.tsx').then((stage) => ({ default: stage.GiftStage })))

type Props = { readonly feed: ChatFeed; readonly video: HTMLVideoElement | null; readonly settings: DanmakuSettings; readonly ownName: string | null; readonly gifts: GiftShow | null }

export function StageOver({ feed, video, settings, ownName, gifts }: Props) {
  return (
    <Suspense>
      <DanmakuLayer source={feed} video={video} settings={settings} ownName={ownName} />
      <HeartLayer likes={feed.likes} />
      {gifts === null ? null : <GiftStage show={gifts} feed={feed} />}
      <GuardEntrance source={feed} />
    </Suspense>
  )
}
