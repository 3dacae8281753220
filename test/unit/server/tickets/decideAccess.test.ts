// The rule of paid shows, case by case.
import { expect, test } from 'vitest'
import { decideAccess } from '../../../../server/tickets/decideAccess.ts'
import type { AccessFacts } from '../../../../server/tickets/decideAccess.ts'

const NOW = 1_000_000
const stranger: AccessFacts = { exempt: false, held: false, paidUntil: null, going: false, previewSeconds: 60, previewBeganAt: null, state: 'live', now: NOW }
const decide = (facts: Partial<AccessFacts>) => decideAccess({ ...stranger, ...facts })

test('host, moderators, staff and ticket holders pass without an end, whatever the show’s state', () => {
  for (const state of ['starting', 'live', 'interrupted', 'ended'] as const) {
    expect(decide({ exempt: true, state })).toEqual({ access: 'exempt', until: null })
    expect(decide({ held: true, state })).toEqual({ access: 'held', until: null })
  }
})

test('a preview begins with the picture, ends by the clock and does not come again', () => {
  expect(decide({})).toEqual({ access: 'preview', until: null, first: 'begin-preview' })
  expect(decide({ previewBeganAt: NOW })).toEqual({ access: 'preview', until: NOW + 60_000 })
  expect(decide({ previewBeganAt: NOW - 59_999 })).toMatchObject({ access: 'preview', until: NOW + 1 })
  expect(decide({ previewBeganAt: NOW - 60_000 })).toEqual({ access: 'needed', until: null })
  for (const state of ['starting', 'interrupted'] as const) expect(decide({ state })).toEqual({ access: 'waiting', until: null })
  expect(decide({ state: 'ended' })).toEqual({ access: 'needed', until: null })
  expect(decide({ previewSeconds: 0 })).toEqual({ access: 'needed', until: null })
})

test('minutes are charged only after a yes, only while media flows, and only when the former is over', () => {
  const going = { going: true, previewSeconds: 0 }
  expect(decide(going)).toEqual({ access: 'waiting', until: null, first: 'charge' })
  expect(decide({ ...going, paidUntil: NOW + 1 })).toEqual({ access: 'minutes', until: NOW + 1 })
  expect(decide({ ...going, paidUntil: NOW })).toMatchObject({ first: 'charge' })
  expect(decide({ ...going, going: false, paidUntil: NOW + 1 })).toEqual({ access: 'minutes', until: NOW + 1 })
  expect(decide({ ...going, going: false, paidUntil: NOW })).toEqual({ access: 'needed', until: null })
  for (const state of ['starting', 'interrupted'] as const) expect(decide({ ...going, state })).toEqual({ access: 'waiting', until: null })
  expect(decide({ ...going, state: 'ended' })).toEqual({ access: 'needed', until: null })
  // The preview is used up before anything is paid.
  expect(decide({ going: true, previewBeganAt: NOW - 1 })).toMatchObject({ access: 'preview' })
})
