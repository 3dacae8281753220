// One HTTP request to a push service: bounded in time, never redirected, its answer's body not read.
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { lookupPublic } from './publicAddress.ts'

const TIMEOUT_MS = 8000

export type PushRequest = { readonly endpoint: string; readonly method: string; readonly headers: Readonly<Record<string, string | number>>; readonly body: Buffer }

/** @param anywhere also to addresses inside: for tests. @returns the HTTP status. @throws Error when there is none in time */
export function postPush({ endpoint, method, headers, body }: PushRequest, { anywhere }: { readonly anywhere: boolean }): Promise<number> {
  return new Promise((resolve, reject) => {
    const send = endpoint.startsWith('https:') ? requestHttps : requestHttp
    const request = send(endpoint, { method, headers, signal: AbortSignal.timeout(TIMEOUT_MS), ...(anywhere ? {} : { lookup: lookupPublic }) }, (response) => {
      resolve(response.statusCode ?? 0)
      response.destroy()
    })
    request.on('error', reject)
    request.end(body)
  })
}
