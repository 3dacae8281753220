// Dresses antd in the site's own colours, so that the back office looks like a part of it.
import { theme } from 'antd'
import type { ThemeConfig } from 'antd'

/** Reads the design's colours from the page (styles/tokens.css): antd calculates with them and so needs their values, not their names. */
export function adminTheme(root: HTMLElement): ThemeConfig {
  const page = getComputedStyle(root)
  const value = (name: string) => page.getPropertyValue(name).trim()
  return {
    // The dark algorithm dims what it is given; the site's own signs keep their colour.
    algorithm: [theme.darkAlgorithm, (seed, map) => ({ ...(map ?? theme.darkAlgorithm(seed)), colorPrimary: value('--accent'), colorPrimaryHover: value('--accent-strong'), colorPrimaryActive: value('--accent'), colorSuccess: value('--ok'), colorError: value('--danger') })],
    token: {
      colorPrimary: value('--accent'),
      colorInfo: value('--accent'),
      colorLink: value('--accent'),
      colorLinkHover: value('--accent-strong'),
      colorSuccess: value('--ok'),
      colorError: value('--danger'),
      colorBgBase: value('--bg'),
      colorBgLayout: value('--bg'),
      colorBgContainer: value('--surface'),
      colorBgElevated: value('--surface-2'),
      colorBorder: value('--line-strong'),
      colorBorderSecondary: value('--line'),
      colorText: value('--text'),
      colorTextSecondary: value('--text-2'),
      colorTextTertiary: value('--text-3'),
      colorTextPlaceholder: value('--text-3'),
      colorTextLightSolid: value('--on-accent'),
      borderRadius: 10,
      fontFamily: value('--font'),
      fontFamilyCode: value('--mono'),
      fontSize: 14,
      controlHeight: 38,
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', primaryColor: value('--on-accent'), fontWeight: 600 },
      Menu: { itemBg: 'transparent', itemSelectedBg: value('--accent-soft'), itemSelectedColor: value('--accent'), itemBorderRadius: 10, activeBarBorderWidth: 0 },
      Table: { headerBg: value('--surface-2'), headerColor: value('--text-2'), rowHoverBg: value('--surface-2'), rowExpandedBg: value('--bg'), headerSplitColor: 'transparent' },
      Tooltip: { colorTextLightSolid: value('--text') },
      Badge: { colorTextLightSolid: '#fff' },
    },
  }
}
