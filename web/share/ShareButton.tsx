// Opens the ways to share a page: link, QR code, networks, poster.
import { Suspense, useState } from 'react'
import { Share2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { lazyPart } from '../client/lazyPart.ts'
import { Button } from '../ui/Button.tsx'

// Few visitors share: the rest need not load it.
const ShareDialog = lazyPart(() => import('./ShareDialog.tsx').then((module) => ({ default: module.ShareDialog })))

export type ShareButtonProps = { readonly path: string; readonly title: string; readonly kind: 'channel' | 'replay' }

export function ShareButton(props: ShareButtonProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button icon={<Share2 aria-hidden="true" />} aria-haspopup="dialog" onClick={() => setOpen(true)} data-testid="share">
        {t('share.title')}
      </Button>
      {open ? (
        <Suspense>
          <ShareDialog {...props} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
