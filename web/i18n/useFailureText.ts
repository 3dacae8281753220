// Says a failure in the reader's language: the code's sentence, and how long to wait.
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { RequestFailed } from '../client/RequestFailed.ts'

export function useFailureText(): (thrown: unknown) => string {
  const { t } = useTranslation()
  return useCallback(
    (thrown: unknown) => {
      if (!(thrown instanceof RequestFailed)) return t('error.unknown')
      const sentence = t(`error.${thrown.code}`, { defaultValue: t('error.unknown') })
      return thrown.retryAfter === null ? sentence : `${sentence} ${t('errorRetryAfter', { seconds: Math.ceil(thrown.retryAfter) })}`
    },
    [t],
  )
}
