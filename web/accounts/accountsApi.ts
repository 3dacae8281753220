// What pages ask about one's own account.
import type { AccountLanguage, AccountView, ProfileChange, RecoveryCodesView, RecoveryWays, SessionView } from '../../server/contract/accounts.ts'
import type { UserView } from '../../server/contract/http.ts'
import { requestJson } from '../client/requestJson.ts'

type Reset = { readonly password: string } & ({ readonly code: string } | { readonly name: string; readonly recoveryCode: string })

export const accountsApi = {
  account: (signal?: AbortSignal) => requestJson<AccountView>('/api/me/account', { signal }),
  changeProfile: (body: ProfileChange) => requestJson<AccountView>('/api/me/profile', { method: 'PATCH', body }),
  setLanguage: (language: AccountLanguage) => requestJson<undefined>('/api/me/language', { method: 'PUT', body: { language } }),
  putAvatar: (file: Blob) => requestJson<AccountView>('/api/me/avatar', { method: 'PUT', file }),
  removeAvatar: () => requestJson<AccountView>('/api/me/avatar', { method: 'DELETE' }),

  changePassword: (body: { current: string; password: string }) => requestJson<undefined>('/api/me/password', { method: 'PUT', body }),
  sessions: (signal?: AbortSignal) => requestJson<SessionView[]>('/api/me/sessions', { signal }),
  endSession: (id: string) => requestJson<undefined>(`/api/me/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' }),
  endOtherSessions: () => requestJson<undefined>('/api/me/sessions', { method: 'DELETE' }),

  setEmail: (body: { email: string; password: string }) => requestJson<AccountView>('/api/me/email', { method: 'PUT', body }),
  sendEmailCode: () => requestJson<undefined>('/api/me/email/send', { method: 'POST' }),
  confirmEmail: (code: string) => requestJson<AccountView>('/api/me/email/confirm', { method: 'POST', body: { code } }),
  newRecoveryCodes: (password: string) => requestJson<RecoveryCodesView>('/api/me/recovery-codes', { method: 'POST', body: { password } }),
  deleteAccount: (password: string) => requestJson<undefined>('/api/me/delete', { method: 'POST', body: { password } }),

  recoveryWays: (signal?: AbortSignal) => requestJson<RecoveryWays>('/api/forgot', { signal }),
  forgot: (who: string) => requestJson<object>('/api/forgot', { method: 'POST', body: { who } }),
  reset: (body: Reset) => requestJson<UserView>('/api/reset', { method: 'POST', body }),
} as const
