// A browser without a screen: keeps its cookies and speaks the HTTP API.

export type Answer<T> = { readonly status: number; readonly headers: Headers; readonly body: T }
type Call = { readonly body?: unknown; readonly headers?: Record<string, string> }

export class Visitor {
  readonly base: string
  readonly #jar = new Map<string, string>()

  constructor(base: string) {
    this.base = base
  }

  /** As a `Cookie` header; empty for none. */
  get cookie(): string {
    return [...this.#jar].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  set cookie(header: string) {
    this.#jar.clear()
    for (const pair of header.split(';').filter(Boolean)) this.#keep(pair)
  }

  // The caller says what it expects; the tests are what checks it.
  async call<T = { error?: { code: string; message: string; fields?: Record<string, string>; retryAfter?: number } }>(method: string, path: string, { body, headers = {} }: Call = {}): Promise<Answer<T>> {
    const raw = body instanceof Uint8Array || typeof body === 'string'
    const response = await fetch(new URL(path, this.base), {
      method,
      redirect: 'manual',
      headers: { ...(this.cookie ? { cookie: this.cookie } : {}), ...(body !== undefined && !raw ? { 'content-type': 'application/json' } : {}), ...headers },
      body: body === undefined ? null : raw ? (body as BodyInit) : JSON.stringify(body),
    })
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie.split(';')[0] ?? '')
    const text = await response.text()
    const isJson = text !== '' && response.headers.get('content-type')?.includes('json')
    return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as T }
  }

  signUp(name: string, password = 'a good password') {
    return this.call('POST', '/api/signup', { body: { name, password } })
  }

  logIn(name: string, password = 'a good password') {
    return this.call('POST', '/api/login', { body: { name, password } })
  }

  #keep(pair: string): void {
    const [name = '', value = ''] = pair.trim().split('=')
    if (value) this.#jar.set(name, value)
    else this.#jar.delete(name)
  }
}
