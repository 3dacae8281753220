// Copies a text and says that it did.
import { useEffect, useState } from 'react'
import { Check, Copy } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'
import { copyText } from './copyText.ts'

export function CopyButton({ text, label, testId }: { readonly text: string; readonly label?: string; readonly testId?: string }) {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2_000)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <>
      <Button icon={copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />} onClick={() => void copyText(text).then(setCopied)} data-testid={testId} data-copied={copied}>
        {copied ? t('app.copied') : (label ?? t('app.copy'))}
      </Button>
      <span className="visually-hidden" role="status">
        {copied ? t('app.copied') : ''}
      </span>
    </>
  )
}
