// How a report is drawn: what echarts is told, without drawing anything.
import type { EChartsCoreOption } from 'echarts/core'
import { incomeSources } from '../../server/contract/income.ts'
import type { IncomeReport, IncomeRow, IncomeSource } from '../../server/contract/income.ts'

type Drawing = {
  readonly report: IncomeReport
  readonly nameOf: (row: IncomeRow) => string
  readonly sources: Readonly<Record<IncomeSource, string>>
  readonly count: (value: number) => string
  /** Of the page, by the name of its token. */
  readonly colour: (name: string) => string
  readonly calm: boolean
}

/** Gifts drawn; the table has the rest. */
const BARS = 10
const tints: Readonly<Record<IncomeSource, string>> = { gift: 'accent', guard: 'ok', ticket: 'danger' }

export function chartOptions(drawing: Drawing): EChartsCoreOption {
  const { report, colour, calm } = drawing
  const words = { color: colour('text-2'), fontFamily: 'inherit' }
  const shared = {
    animation: !calm,
    animationDuration: 400,
    textStyle: words,
    tooltip: { trigger: 'axis', axisPointer: { type: report.by === 'gift' ? 'shadow' : 'line' }, confine: true, backgroundColor: colour('surface-3'), borderColor: colour('line-strong'), textStyle: { color: colour('text'), fontSize: 13 } },
  }
  return { ...shared, ...(report.by === 'gift' ? bars(drawing) : lines(drawing)) }
}

function lines({ report, nameOf, sources, count, colour }: Drawing): EChartsCoreOption {
  const drawn = incomeSources.filter((source) => report.totals[source] !== '0')
  return {
    color: drawn.map((source) => colour(tints[source])),
    legend: { data: drawn.map((source) => sources[source]), top: 0, left: 0, icon: 'roundRect', itemWidth: 12, itemHeight: 12, itemGap: 20, textStyle: { color: colour('text-2') } },
    grid: { left: 4, right: 12, top: 36, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: { type: 'category', boundaryGap: false, data: report.rows.map(nameOf), axisLabel: { hideOverlap: true, color: colour('text-3') }, axisLine: { lineStyle: { color: colour('line-strong') } }, axisTick: { show: false } },
    yAxis: { type: 'value', minInterval: 1, axisLabel: { formatter: count, color: colour('text-3') }, splitLine: { lineStyle: { color: colour('line') } } },
    series: drawn.map((source) => ({ type: 'line', name: sources[source], stack: 'beans', smooth: 0.2, symbol: 'circle', symbolSize: 5, showSymbol: report.rows.length <= 31, lineStyle: { width: 2 }, areaStyle: { opacity: 0.22 }, data: report.rows.map((row) => Number(row[source])) })),
  }
}

function bars({ report, nameOf, count, colour }: Drawing): EChartsCoreOption {
  const best = report.rows.slice(0, BARS).toReversed()
  return {
    color: [colour('accent')],
    grid: { left: 4, right: 40, top: 4, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: { type: 'value', minInterval: 1, axisLabel: { formatter: count, hideOverlap: true, color: colour('text-3') }, splitLine: { lineStyle: { color: colour('line') } } },
    yAxis: { type: 'category', data: best.map(nameOf), axisLabel: { width: 110, overflow: 'truncate', color: colour('text-2') }, axisLine: { show: false }, axisTick: { show: false } },
    series: [{ type: 'bar', barMaxWidth: 22, itemStyle: { borderRadius: [0, 4, 4, 0] }, data: best.map(({ beans }) => Number(beans)), label: { show: true, position: 'right', color: colour('text-2'), formatter: ({ value }: { value: number }) => count(value) } }],
  }
}
