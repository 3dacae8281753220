import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PRIVATE_REQUEST_MESSAGES } from '../../../../server/contract/privateChat.ts'
import { mayWrite } from '../../../../server/privateChat/mayWrite.ts'
import type { WriteFacts } from '../../../../server/privateChat/mayWrite.ts'

const strangers: WriteFacts = { blocked: false, reachable: true, receiverFollowsSender: false, followedOnly: false, conversation: null }
const request = (asked: number, startedBySender = true) => ({ accepted: false, startedBySender, asked })
const accepted = { accepted: true, startedBySender: true, asked: 1 }

describe('a stranger', () => {
  test('lands in requests with the first message', () => {
    expect(mayWrite(strangers)).toEqual({ may: true, lands: 'requests', accepts: false, left: PRIVATE_REQUEST_MESSAGES })
  })

  test.each([1, 2])('may write on after %i messages', (asked) => {
    expect(mayWrite({ ...strangers, conversation: request(asked) })).toMatchObject({ may: true, lands: 'requests', left: PRIVATE_REQUEST_MESSAGES - asked })
  })

  test('waits after three messages until they are accepted', () => {
    expect(mayWrite({ ...strangers, conversation: request(3) })).toEqual({ may: false, refusal: 'limit-reached' })
    expect(mayWrite({ ...strangers, conversation: { ...request(3), accepted: true } })).toMatchObject({ may: true, lands: 'inbox' })
  })

  test('is refused where only followed people may write', () => {
    expect(mayWrite({ ...strangers, followedOnly: true })).toEqual({ may: false, refusal: 'messages-refused' })
    expect(mayWrite({ ...strangers, followedOnly: true, conversation: request(1) })).toEqual({ may: false, refusal: 'messages-refused' })
  })
})

test('whom the receiver follows lands in the inbox, whatever the setting, also with what waited in requests', () => {
  for (const followedOnly of [false, true])
    for (const conversation of [null, request(3)]) expect(mayWrite({ ...strangers, receiverFollowsSender: true, followedOnly, conversation })).toMatchObject({ may: true, lands: 'inbox', accepts: true })
})

test('answering a request accepts it, also where the first writer takes messages of followed people only', () => {
  expect(mayWrite({ ...strangers, followedOnly: true, conversation: request(2, false) })).toEqual({ may: true, lands: 'inbox', accepts: true, left: null })
})

test('an accepted conversation goes on although the setting was changed', () => {
  expect(mayWrite({ ...strangers, followedOnly: true, conversation: accepted })).toMatchObject({ may: true, lands: 'inbox' })
})

const facts: fc.Arbitrary<WriteFacts> = fc.record({
  blocked: fc.boolean(),
  reachable: fc.boolean(),
  receiverFollowsSender: fc.boolean(),
  followedOnly: fc.boolean(),
  conversation: fc.option(fc.record({ accepted: fc.boolean(), startedBySender: fc.boolean(), asked: fc.nat(5) })),
})

test('a block stops everything, and who is not there cannot be written to, whatever else holds', () => {
  fc.assert(
    fc.property(facts, (given) => {
      expect(mayWrite({ ...given, reachable: true, blocked: true })).toEqual({ may: false, refusal: 'blocked' })
      // Blocked or not, a missing account is answered alike.
      expect(mayWrite({ ...given, reachable: false })).toEqual({ may: false, refusal: 'user-not-found' })
    }),
  )
})

test('nothing lands in requests of someone who has accepted, answered or follows', () => {
  fc.assert(
    fc.property(facts, (given) => {
      const decision = mayWrite(given)
      if (!decision.may || decision.lands !== 'requests') return
      expect(given.receiverFollowsSender || given.conversation?.accepted === true || given.conversation?.startedBySender === false).toBe(false)
    }),
  )
})
