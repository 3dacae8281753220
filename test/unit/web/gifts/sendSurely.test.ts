// Promises of sending what costs coins: a lost answer is asked for with the same key until it comes; a refusal is final.
import { expect, test } from 'vitest'
import type { RequestData } from '../../../../server/contract/sockets.ts'
import type { FeedSocket } from '../../../../web/chat/ChatFeed.ts'
import { RequestFailed } from '../../../../web/client/RequestFailed.ts'
import { sendSurely } from '../../../../web/gifts/sendSurely.ts'

const data: RequestData<'gift:send'> = { channel: 'ada', gift: 'rose', version: 1, quantity: 1, key: 'k'.repeat(20) }

function socketThat(...answers: Array<RequestFailed | { id: string }>) {
  const asked: unknown[] = []
  const socket = {
    connected: true,
    request: (_name: string, sent: unknown) => {
      asked.push(sent)
      const answer = answers.shift()
      return answer instanceof RequestFailed ? Promise.reject(answer) : Promise.resolve(answer)
    },
    onConnect: () => () => undefined,
  } as unknown as FeedSocket
  return { socket, asked }
}
const never = new AbortController().signal

test('without an answer the same request is sent again, and the page is told that it waits', async () => {
  const { socket, asked } = socketThat(new RequestFailed('timeout'), new RequestFailed('unavailable'), { id: 'done' })
  let pending = 0
  expect(await sendSurely({ socket, name: 'gift:send', data, onPending: () => pending++, signal: never, pauseMs: 1 })).toMatchObject({ id: 'done' })
  expect(asked).toEqual([data, data, data])
  expect(pending).toBe(2)
})

test('a refusal is not asked again', async () => {
  const { socket, asked } = socketThat(new RequestFailed('insufficient-funds'))
  await expect(sendSurely({ socket, name: 'gift:send', data, onPending: () => undefined, signal: never, pauseMs: 1 })).rejects.toMatchObject({ code: 'insufficient-funds' })
  expect(asked).toHaveLength(1)
})

test('it waits for a connection before it asks again', async () => {
  const { socket, asked } = socketThat(new RequestFailed('network'), { id: 'done' })
  let connect = () => undefined as void
  Object.assign(socket, { connected: false, onConnect: (listener: () => void) => ((connect = listener), () => undefined) })
  const sent = sendSurely({ socket, name: 'gift:send', data, onPending: () => undefined, signal: never, pauseMs: 1 })
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(asked).toHaveLength(1)
  connect()
  expect(await sent).toMatchObject({ id: 'done' })
})
