// A stand-in for somebody else's HTTP service: answers what a test says, and keeps what it was asked.
import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Asked = { readonly method: string; readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string }
export type Answered = { readonly status?: number; readonly headers?: Record<string, string>; readonly body: string }

export type FakeHost = { readonly url: string; readonly asked: Asked[]; stop(): Promise<void> }

export async function startFakeHost(answer: (asked: Asked) => Answered): Promise<FakeHost> {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const one = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') }
      asked.push(one)
      const { status = 200, headers = {}, body } = answer(one)
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
