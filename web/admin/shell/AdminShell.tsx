// The back office's room: its menu at the side, or in a drawer on a phone, and the chosen section.
import { useState } from 'react'
import type { ReactNode } from 'react'
import { Badge, Button, Drawer, Menu } from 'antd'
import { Flag, Menu as MenuIcon } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { may } from '../../../server/contract/permissions.ts'
import type { ChannelRole } from '../../../server/contract/people.ts'
import styles from './AdminShell.module.css'
import { adminSections } from './adminSections.tsx'
import type { SectionKey } from './adminSections.tsx'

type Props = {
  readonly role: ChannelRole
  /** Sections in which something is wrong. */
  readonly alarmed?: ReadonlySet<SectionKey>
  readonly children: ReactNode
}

export function AdminShell({ role, alarmed, children }: Props) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const [openAt, setOpenAt] = useState<string | null>(null)
  const offered = adminSections.filter(({ action }) => may(role, action))
  const current = offered.find(({ key }) => pathname.startsWith(`/admin/${key}`))
  const items = [
    ...offered.map(({ key, icon }) => ({
      key,
      icon,
      label: (
        <Link to={`/admin/${key}`} data-testid={`admin-${key}`} data-alarmed={alarmed?.has(key)}>
          {t(`admin.section.${key}`)}
          {alarmed?.has(key) === true ? <Badge status="error" className={styles.alarm} title={t('admin.alarm')} /> : null}
        </Link>
      ),
    })),
    ...(may(role, 'reports:handle') ? [{ type: 'divider' as const }, { key: 'reports', icon: <Flag size={18} aria-hidden="true" />, label: <Link to="/operator/reports">{t('admin.reports')}</Link> }] : []),
  ]
  const menu = <Menu mode="inline" items={items} selectedKeys={current === undefined ? [] : [current.key]} className={styles.menu} />
  return (
    <div className={styles.shell} data-testid="admin">
      <nav className={styles.sider} aria-label={t('admin.sections')}>
        <p className={styles.title}>{t('admin.title')}</p>
        {menu}
      </nav>
      <div className={styles.bar}>
        <Button icon={<MenuIcon size={18} aria-hidden="true" />} onClick={() => setOpenAt(pathname)} data-testid="admin-menu">
          {current === undefined ? t('admin.title') : t(`admin.section.${current.key}`)}
        </Button>
      </div>
      {/* Whoever goes to another section leaves the menu behind. */}
      <Drawer open={openAt === pathname} onClose={() => setOpenAt(null)} placement="left" size={272} title={t('admin.title')} styles={{ body: { padding: 8 } }}>
        {menu}
      </Drawer>
      <div className={styles.content}>{children}</div>
    </div>
  )
}
