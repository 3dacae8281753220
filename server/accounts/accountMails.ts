// The mails of accounts, in the words of both languages.
import type { AccountLanguage } from '../contract/accounts.ts'

type Words = { readonly subject: string; readonly text: string }
type Code = { readonly name: string; readonly code: string; readonly minutes: number; readonly link: string | null }

const lines = (...parts: Array<string | null>): string => `${parts.filter((part) => part !== null).join('\n\n')}\n`

/** The way back in for who lost the password. */
export function resetMail(language: AccountLanguage | null, { name, code, minutes, link }: Code): Words {
  return language === 'zh-CN'
    ? {
        subject: '重设你的 Footlight 密码',
        text: lines(`${name}，你好！`, '有人（多半是你）要求为你的账号设置新密码。', link && `请打开：\n${link}`, `验证码：${code}`, `${minutes} 分钟内有效，只能使用一次。如果不是你本人操作，请忽略这封邮件：你的密码不会改变。`),
      }
    : {
        subject: 'Set a new Footlight password',
        text: lines(`Hello ${name},`, 'someone, most likely you, asked for a new password for your account.', link && `Open this page:\n${link}`, `Code: ${code}`, `It works once, within ${minutes} minutes. If it was not you, leave this mail alone: your password stays as it is.`),
      }
}

/** Proves that the address is its owner's. */
export function addressMail(language: AccountLanguage | null, { name, code, minutes, link }: Code): Words {
  return language === 'zh-CN'
    ? { subject: '确认你的 Footlight 邮箱', text: lines(`${name}，你好！`, '请确认这是你的邮箱地址。', link && `请打开：\n${link}`, `验证码：${code}`, `${minutes} 分钟内有效。如果不是你本人操作，请忽略这封邮件。`) }
    : { subject: 'Confirm your Footlight e-mail address', text: lines(`Hello ${name},`, 'please confirm that this is your e-mail address.', link && `Open this page:\n${link}`, `Code: ${code}`, `It works within ${minutes} minutes. If it was not you, leave this mail alone.`) }
}

/** A warning to the owner, in case it was somebody else. */
export function passwordChangedMail(language: AccountLanguage | null, { name }: { readonly name: string }): Words {
  return language === 'zh-CN'
    ? { subject: '你的 Footlight 密码已更改', text: lines(`${name}，你好！`, '你的密码刚刚被更改，其他设备都已退出登录。', '如果不是你本人操作，请立即用“忘记密码”设置新密码。') }
    : { subject: 'Your Footlight password was changed', text: lines(`Hello ${name},`, 'your password has just been changed, and all other devices were logged out.', 'If it was not you, set a new one at once by “Forgot the password?”.') }
}
