import { expect, test } from 'vitest'
import { chatTextSchema } from '../../../../server/contract/chat.ts'

test.each(['hi', '你好', '?', '👨‍👩‍👧', '❤️', '1️⃣', '🇨🇳', '\u3164x'])('%s is a message', (text) => {
  expect(chatTextSchema.safeParse(text).success).toBe(true)
})

test.each(['', ' ', '\u3164', '\u2800', '\u115F\u1160', '\u200D', '\uFE0F', '\u00AD', '\u{E0041}', '\uFFA0 \u3164'])('nobody sends a message of which nothing is seen (%j)', (text) => {
  expect(chatTextSchema.safeParse(text).success).toBe(false)
})
