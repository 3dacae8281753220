import { expect, test } from 'vitest'
import * as contract from '../../../../server/contract/chat.ts'
import * as page from '../../../../web/chat/chatLimits.ts'

test('the pages’ numbers are the contract’s', () => {
  expect({ ...page }).toEqual({ CHAT_MAX_LENGTH: contract.CHAT_MAX_LENGTH, CHAT_RECALL_MS: contract.CHAT_RECALL_MS, LIKES_AT_ONCE: contract.LIKES_AT_ONCE, openModes: contract.openModes })
})
