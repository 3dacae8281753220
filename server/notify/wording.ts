// What push messages and e-mails say of a notification, in its reader's language; pages have words of their own.
import type { Dispatch } from './Notifications.ts'

type Words = { readonly title: string; readonly body: string }
export type NoticeLanguage = 'en' | 'zh-CN'
type What = Pick<Dispatch, 'kind' | 'actor' | 'channel' | 'text'>

const english: Record<Dispatch['kind'], (who: string, where: string, text: string) => Words> = {
  live: (who, _where, text) => ({ title: `${who} is live`, body: text }),
  mentioned: (who, where, text) => ({ title: where ? `${who} mentioned you in ${where}` : `${who} mentioned you`, body: text }),
  followed: (who) => ({ title: 'A new follower', body: `${who} follows you` }),
  reminder: (_who, where, text) => ({ title: `${where} is about to begin`, body: text }),
  'show-changed': (_who, where, text) => ({ title: `${where} has moved a show`, body: text }),
  'show-cancelled': (_who, where, text) => ({ title: `${where} has called a show off`, body: text }),
  moderator: (who, where, text) => ({ title: `News from ${where || who}`, body: text || 'Your part as a moderator has changed' }),
  'report-closed': (_who, _where, text) => ({ title: 'Your report was looked at', body: text }),
  'guard-ending': (_who, where) => ({ title: `Your guard of ${where} ends in three days`, body: 'Renew it and no day is lost' }),
  'guard-last-day': (_who, where) => ({ title: `Your guard of ${where} ends tomorrow`, body: 'Renew it and no day is lost' }),
  'guard-ended': (_who, where) => ({ title: `Your guard of ${where} has ended`, body: 'Stand by the host again' }),
  'goods-sent': (_who, _where, text) => ({ title: 'Your order is on its way', body: text }),
  'goods-refunded': (_who, _where, text) => ({ title: 'Your order was paid back', body: text }),
  'ticket-refund': (_who, where, text) => ({ title: `Your ticket to ${where} was paid back`, body: text }),
  'withdrawal-approved': (_who, _where, text) => ({ title: 'Your withdrawal was approved', body: text }),
  'withdrawal-rejected': (_who, _where, text) => ({ title: 'Your withdrawal was refused; the beans are back', body: text }),
  'withdrawal-paid': (_who, _where, text) => ({ title: 'Your withdrawal was paid', body: text }),
  recharged: (_who, _where, text) => ({ title: 'Your coins have arrived', body: text }),
  'recharge-refunded': (_who, _where, text) => ({ title: 'A payment was paid back; its coins are gone', body: text }),
  'recharge-locked': (_who, _where, text) => ({ title: 'A payment was taken back and your wallet is locked', body: text }),
}

const chinese: Record<Dispatch['kind'], (who: string, where: string, text: string) => Words> = {
  live: (who, _where, text) => ({ title: `${who} 开播了`, body: text }),
  mentioned: (who, where, text) => ({ title: where ? `${who} 在 ${where} 提到了你` : `${who} 提到了你`, body: text }),
  followed: (who) => ({ title: '新粉丝', body: `${who} 关注了你` }),
  reminder: (_who, where, text) => ({ title: `${where} 即将开播`, body: text }),
  'show-changed': (_who, where, text) => ({ title: `${where} 调整了直播预告`, body: text }),
  'show-cancelled': (_who, where, text) => ({ title: `${where} 取消了直播预告`, body: text }),
  moderator: (who, where, text) => ({ title: `来自 ${where || who} 的消息`, body: text || '你的房管身份有变动' }),
  'report-closed': (_who, _where, text) => ({ title: '你的举报已处理', body: text }),
  'guard-ending': (_who, where) => ({ title: `你对 ${where} 的守护三天后到期`, body: '现在续费，时间顺延，一天不少' }),
  'guard-last-day': (_who, where) => ({ title: `你对 ${where} 的守护明天到期`, body: '现在续费，时间顺延，一天不少' }),
  'guard-ended': (_who, where) => ({ title: `你对 ${where} 的守护已到期`, body: '重新开通，继续守护 TA' }),
  'goods-sent': (_who, _where, text) => ({ title: '你的订单已发货', body: text }),
  'goods-refunded': (_who, _where, text) => ({ title: '你的订单已退款', body: text }),
  'ticket-refund': (_who, where, text) => ({ title: `${where} 的门票已退款`, body: text }),
  'withdrawal-approved': (_who, _where, text) => ({ title: '你的提现已通过审核', body: text }),
  'withdrawal-rejected': (_who, _where, text) => ({ title: '你的提现未通过，豆子已退回', body: text }),
  'withdrawal-paid': (_who, _where, text) => ({ title: '你的提现已打款', body: text }),
  recharged: (_who, _where, text) => ({ title: '充值到账', body: text }),
  'recharge-refunded': (_who, _where, text) => ({ title: '一笔充值已退款，对应金币已扣回', body: text }),
  'recharge-locked': (_who, _where, text) => ({ title: '一笔付款被撤回，你的钱包已锁定', body: text }),
}

export function wordNotice(language: NoticeLanguage | null, { kind, actor, channel, text }: What): Words {
  const where = channel?.title || channel?.name || ''
  return (language === 'zh-CN' ? chinese : english)[kind](actor?.displayName ?? where, where, text)
}

/** The e-mail for it. @param links absolute addresses; null where this platform does not know its own */
export function noticeMail(language: NoticeLanguage | null, what: What, links: { readonly open: string; readonly unsubscribe: string } | null): { readonly subject: string; readonly text: string } {
  const { title, body } = wordNotice(language, what)
  const foot = links && (language === 'zh-CN' ? [`查看：\n${links.open}`, `不想再收到这类邮件？点此退订：\n${links.unsubscribe}`] : [`Open:\n${links.open}`, `No more mails of this kind:\n${links.unsubscribe}`])
  return { subject: `${title} · Footlight`, text: `${[title, body, ...(foot ?? [])].filter(Boolean).join('\n\n')}\n` }
}
