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
