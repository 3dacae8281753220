// Chinese words of: share.
import type { Dictionary } from '../en.ts'

export const share: Dictionary['share'] = {
  title: '分享',
  heading: '分享“{{title}}”',
  link: '链接',
  copyLink: '复制链接',
  qr: '二维码',
  qrHint: '用手机扫码打开本页。',
  native: '更多方式…',
  wechat: '微信',
  wechatHint: '用微信扫一扫，再从微信里分享。',
  weibo: '微博',
  x: 'X',
  telegram: 'Telegram',
  opensNew: '{{name}}（在新窗口打开）',
  embed: '嵌入',
  embedHint: '用这段代码把播放器放进你自己的网页。',
  copyCode: '复制代码',
  poster: '海报',
  posterAlt: '带封面、标题和二维码的海报',
  posterFailed: '海报没有生成，请稍后再试。',
  savePoster: '保存海报',
  close: '关闭',
}
