// The dialog of sharing: link, QR code, networks, embed code, poster.
import { useEffect, useId, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { Code, Download, ImageIcon, Link2, QrCode as QrIcon, Send, Share, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ButtonAnchor } from '../ui/Button.tsx'
import { CopyButton } from '../ui/CopyButton.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { QrCode } from './QrCode.tsx'
import type { ShareButtonProps } from './ShareButton.tsx'
import styles from './ShareDialog.module.css'
import { embedCode, shareAddress, sharedPaths } from './shareTargets.ts'
import type { ShareTarget } from './shareTargets.ts'

type Panel = 'link' | 'wechat' | 'poster' | 'embed'
const networks: readonly ShareTarget[] = ['weibo', 'x', 'telegram']
const signs: Readonly<Record<ShareTarget | 'wechat', ReactNode>> = {
  wechat: '微',
  weibo: '博',
  x: '𝕏',
  telegram: <Send size={20} aria-hidden="true" />,
}

function Poster({ path, title }: { readonly path: string; readonly title: string }) {
  const { t, i18n } = useTranslation()
  const [state, setState] = useState<'drawing' | 'there' | 'failed'>('drawing')
  const url = `${sharedPaths(path).poster}.jpg?lang=${i18n.language === 'zh-CN' ? 'zh-CN' : 'en'}`
  return (
    <div className={styles.poster}>
      <div className={styles.paper}>
        {state === 'drawing' ? <Spinner large /> : null}
        {state === 'failed' ? <p role="alert">{t('share.posterFailed')}</p> : <img src={url} alt={t('share.posterAlt')} width={240} height={320} hidden={state === 'drawing'} onLoad={() => setState('there')} onError={() => setState('failed')} data-testid="poster" data-state={state} />}
      </div>
      {state === 'there' ? (
        <ButtonAnchor kind="primary" href={url} download={`${title.replace(/[\\/:*?"<>|]/g, ' ').slice(0, 60)}.jpg`} icon={<Download aria-hidden="true" />}>
          {t('share.savePoster')}
        </ButtonAnchor>
      ) : null}
    </div>
  )
}

export function ShareDialog({ path, title, kind, onClose }: ShareButtonProps & { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  const [panel, setPanel] = useState<Panel>('link')
  const url = `${location.origin}${path}`
  const native = typeof navigator.share === 'function'
  useEffect(() => {
    dialog.current?.showModal()
  }, [])

  const tabs: ReadonlyArray<{ readonly name: Panel; readonly icon: ReactNode; readonly label: string }> = [
    { name: 'link', icon: <Link2 size={18} aria-hidden="true" />, label: t('share.link') },
    { name: 'poster', icon: <ImageIcon size={18} aria-hidden="true" />, label: t('share.poster') },
    ...(kind === 'channel' ? [{ name: 'embed' as const, icon: <Code size={18} aria-hidden="true" />, label: t('share.embed') }] : []),
  ]
  const code = embedCode({ src: `${location.origin}/embed/${path.split('/')[2] ?? ''}`, title })
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby={`${id}-title`}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
      data-testid="share-dialog"
    >
      <div className={styles.inner}>
        <header className={styles.head}>
          <h2 id={`${id}-title`}>{t('share.heading', { title })}</h2>
          <button type="button" className={styles.close} aria-label={t('share.close')} onClick={() => dialog.current?.close()}>
            <X size={20} aria-hidden="true" />
          </button>
        </header>
        <ul className={styles.targets}>
          <li>
            <button type="button" className={styles.target} aria-pressed={panel === 'wechat'} onClick={() => setPanel('wechat')} data-testid="share-wechat">
              <span className={`${styles.sign} ${styles.wechat}`} aria-hidden="true">
                {signs.wechat}
              </span>
              {t('share.wechat')}
            </button>
          </li>
          {networks.map((target) => (
            <li key={target}>
              <a className={styles.target} href={shareAddress(target, { url, title })} target="_blank" rel="noopener noreferrer" aria-label={t('share.opensNew', { name: t(`share.${target}`) })} data-testid={`share-${target}`}>
                <span className={`${styles.sign} ${styles[target] ?? ''}`} aria-hidden="true">
                  {signs[target]}
                </span>
                {t(`share.${target}`)}
              </a>
            </li>
          ))}
          {native ? (
            <li>
              {/* Whoever closes the system's sheet has not failed at anything. */}
              <button type="button" className={styles.target} onClick={() => void navigator.share({ title, url }).catch(() => undefined)} data-testid="share-native">
                <span className={styles.sign} aria-hidden="true">
                  <Share size={20} />
                </span>
                {t('share.native')}
              </button>
            </li>
          ) : null}
        </ul>
        <div className={styles.tabs} role="group" aria-label={t('share.title')}>
          {tabs.map(({ name, icon, label }) => (
            <button key={name} type="button" className={styles.tab} aria-pressed={panel === name} onClick={() => setPanel(name)} data-testid={`share-tab-${name}`}>
              {icon}
              {label}
            </button>
          ))}
        </div>
        <div className={styles.panel}>
          {panel === 'link' || panel === 'wechat' ? (
            <div className={styles.qr}>
              <QrCode text={url} label={t('share.qr')} />
              <p>
                <QrIcon size={16} aria-hidden="true" /> {t(panel === 'wechat' ? 'share.wechatHint' : 'share.qrHint')}
              </p>
              {panel === 'wechat' ? null : (
                <div className={styles.copy}>
                  <input readOnly value={url} aria-label={t('share.link')} onFocus={(event) => event.target.select()} />
                  <CopyButton text={url} label={t('share.copyLink')} testId="share-copy" />
                </div>
              )}
            </div>
          ) : panel === 'poster' ? (
            <Poster path={path} title={title} />
          ) : (
            <div className={styles.embed}>
              <p>{t('share.embedHint')}</p>
              <textarea readOnly rows={5} value={code} aria-label={t('share.embed')} onFocus={(event) => event.target.select()} data-testid="embed-code" />
              <CopyButton text={code} label={t('share.copyCode')} />
            </div>
          )}
        </div>
      </div>
    </dialog>
  )
}
