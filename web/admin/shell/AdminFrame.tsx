// antd for the back office: the site's colours, the reader's language, and where its messages and dialogs appear.
import { useMemo } from 'react'
import type { ReactNode } from 'react'
import { App, ConfigProvider } from 'antd'
import enUS from 'antd/es/locale/en_US.js'
import zhCN from 'antd/es/locale/zh_CN.js'
import { useTranslation } from 'react-i18next'
import { adminTheme } from './adminTheme.ts'

export function AdminFrame({ children }: { readonly children: ReactNode }) {
  const { i18n } = useTranslation()
  const theme = useMemo(() => adminTheme(document.documentElement), [])
  return (
    <ConfigProvider theme={theme} locale={i18n.language === 'zh-CN' ? zhCN : enUS} button={{ autoInsertSpace: false }}>
      <App message={{ maxCount: 3 }}>{children}</App>
    </ConfigProvider>
  )
}
