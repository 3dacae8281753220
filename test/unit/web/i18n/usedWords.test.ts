// Every word of the dictionaries is said somewhere: what no page says any more goes.
import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { en } from '../../../../web/i18n/en.ts'

type Node = string | { readonly [key: string]: Node }
const keysOf = (node: Node, path = ''): string[] => (typeof node === 'string' ? [path] : Object.entries(node).flatMap(([key, child]) => keysOf(child, path === '' ? key : `${path}.${key}`)))

const web = resolve(import.meta.dirname, '../../../../web')
const pages = globSync('**/*.{ts,tsx}', { cwd: web, exclude: ['dist/**', 'i18n/en/**', 'i18n/zhCN/**'] })
  .filter((path) => !['i18n/en.ts', 'i18n/zhCN.ts'].includes(path))
  .map((path) => readFileSync(resolve(web, path), 'utf8'))
  .join('\n')

/** Sections that pages say as a whole: t(`category.${name}`). */
const whole = [
  'category.', 'state.', 'error.', 'notice.', 'noticeAdvice.', 'studio.limit.', 'studio.sourceName.', 'settings.section.', 'chat.colorName.', 'chat.guardBought.', 'chat.guardEntered.', 'chat.emojiCategory.', 'chat.positionName.', 'discovery.period.',
  'gifts.admin.effects.', 'gifts.meaning.n', 'gifts.period.', 'gifts.tab.',
  'guard.entrance.', 'guard.perkEntrance.', 'guard.term.', 'income.admin.rate_', 'income.methods.', 'income.source.', 'income.state.', 'moderation.about.', 'moderation.act.', 'moderation.acted.', 'moderation.action.', 'moderation.done.', 'moderation.lineProblem.', 'moderation.reasons.', 'moderation.reportTitle.', 'moderation.role.', 'moderation.state.',
  'admin.account.', 'admin.accountHint.', 'admin.ledger.tab.', 'admin.reconcile.by.', 'admin.reconcile.checks.', 'admin.section.', 'notify.kind.', 'notify.settings.kind.', 'notify.settings.way.', 'privateChat.refusal.', 'recharge.admin.event.', 'recharge.admin.outcome.', 'recharge.admin.providerName.', 'recharge.admin.why.', 'recharge.app.', 'recharge.state.', 'recharge.stateHint.', 'recharge.way.', 'recharge.wayHint.', 'shop.address.', 'shop.admin.kind.', 'shop.admin.step.', 'shop.admin.tab.', 'shop.state.', 'shop.tab.', 'tickets.stopped.', 'wallet.guardTerm.', 'wallet.income.', 'wallet.orderState.', 'wallet.tab.', 'wallet.type.',
]
/** Sections some of whose words are built; the end of such a key is written in the page: t(`chat.${row}`), t(`watch.${state}Title`). */
const partly = ['chat.', 'gifts.', 'guard.', 'moderation.', 'people.', 'player.', 'replay.', 'share.', 'studio.', 'watch.']

/** Roles that wear a badge: t(`chat.${role}`). */
const badges = ['chat.host', 'chat.moderator', 'chat.operator', 'chat.admin']

const written = (text: string) => pages.includes(`'${text}'`) || pages.includes(`"${text}"`)
const isUsed = (key: string): boolean => {
  const plain = key.replace(/_(one|other)$/, '')
  const section = partly.find((prefix) => plain.startsWith(prefix))
  const end = section === undefined ? null : plain.slice(section.length).replace(/(Title|Body)$/, '')
  const built = section !== undefined && pages.includes(`\`${section}\${`)
  return written(plain) || badges.includes(plain) || whole.some((prefix) => plain.startsWith(prefix)) || (built && end !== null && written(end))
}

test('every word is used', () => {
  expect(keysOf(en).filter((key) => !isUsed(key))).toEqual([])
})

test('every section that is listed as built is built', () => {
  expect([...whole, ...partly].filter((prefix) => !pages.includes(`\`${prefix}\${`))).toEqual([])
})
