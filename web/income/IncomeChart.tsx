// The chart of a report, by echarts: days stacked by source, gifts as bars. Numbers are for the eye; the table has them exactly.
import { useEffect, useRef } from 'react'
import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use as register } from 'echarts/core'
import type { EChartsType } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useTranslation } from 'react-i18next'
import { incomeSources } from '../../server/contract/income.ts'
import type { IncomeReport } from '../../server/contract/income.ts'
import { formatCount } from '../i18n/formatCount.ts'
import { chartOptions } from './chartOptions.ts'
import styles from './Income.module.css'
import { useRowName } from './useRowName.ts'

let ready = false
/** Once, and not before a chart is drawn. */
function prepare(): void {
  if (!ready) register([LineChart, BarChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer])
  ready = true
}

export function IncomeChart({ report }: { readonly report: IncomeReport }) {
  const { t, i18n } = useTranslation()
  const frame = useRef<HTMLDivElement>(null)
  const chart = useRef<EChartsType | null>(null)
  const nameOf = useRowName(report.by, true)
  useEffect(() => {
    const element = frame.current
    if (element === null) return
    prepare()
    const drawn = init(element, null, { renderer: 'svg' })
    chart.current = drawn
    const watcher = new ResizeObserver(() => drawn.resize())
    watcher.observe(element)
    return () => {
      watcher.disconnect()
      drawn.dispose()
      chart.current = null
    }
  }, [])
  useEffect(() => {
    const sources = Object.fromEntries(incomeSources.map((source) => [source, t(`income.source.${source}`)])) as Record<(typeof incomeSources)[number], string>
    const looks = getComputedStyle(document.documentElement)
    chart.current?.setOption(chartOptions({ report, nameOf, sources, count: (value) => formatCount(value, i18n.language), colour: (name) => looks.getPropertyValue(`--${name}`).trim(), calm: matchMedia('(prefers-reduced-motion: reduce)').matches }), true)
  })
  return <div ref={frame} className={styles.chart} role="img" aria-label={report.by === 'gift' ? t('income.chartGifts') : t('income.chartDays')} data-testid="income-chart" />
}
