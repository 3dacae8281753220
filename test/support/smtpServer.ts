// A tiny mail server that takes everything and shows what it took: enough of RFC 5321 for tests of our mails.
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { eventually } from './eventually.ts'

export type ReceivedMail = { readonly from: string; readonly to: readonly string[]; readonly subject: string; readonly text: string; readonly raw: string }
export type SmtpServer = { readonly url: string; readonly mails: ReceivedMail[]; next(to: string): Promise<ReceivedMail>; refuse(refusing: boolean): void; close(): Promise<void> }

export async function startSmtpServer(): Promise<SmtpServer> {
  const mails: ReceivedMail[] = []
  const open = new Set<Socket>()
  let refusing = false
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket)).on('error', () => undefined)
    serve(socket, { refuses: () => refusing, took: (mail) => mails.push(mail) })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mails,
    /** Takes the oldest mail to that address out, once there is one. */
    next: async (to) => {
      await eventually(`a mail to ${to}`, () => mails.some((mail) => mail.to.includes(to)))
      const at = mails.findIndex((mail) => mail.to.includes(to))
      return mails.splice(at, 1)[0] as ReceivedMail
    },
    refuse: (now) => (refusing = now),
    close: () => {
      for (const socket of open) socket.destroy()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function serve(socket: Socket, { refuses, took }: { refuses: () => boolean; took: (mail: ReceivedMail) => void }): void {
  let from = ''
  let to: string[] = []
  let data: string[] | undefined
  let rest = ''
  const say = (line: string) => socket.write(`${line}\r\n`)
  const hear = (line: string): void => {
    if (data) {
      if (line !== '.') return void data.push(line.replace(/^\.\./, '.'))
      took(readMail({ from, to, raw: data.join('\r\n') }))
      data = undefined
      return void say('250 taken')
    }
    const verb = line.slice(0, 4).toUpperCase()
    const address = /<([^>]*)>/.exec(line)?.[1] ?? ''
    if (verb === 'MAIL') [from, to] = [address, []]
    if (verb === 'RCPT') to.push(address)
    if (verb === 'DATA') data = []
    if (verb === 'RCPT' && refuses()) return void say('550 not here')
    say(verb === 'DATA' ? '354 go on' : verb === 'QUIT' ? '221 bye' : '250 fine')
  }
  say('220 a test')
  socket.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString('utf8')).split('\r\n')
    rest = lines.pop() ?? ''
    lines.forEach(hear)
  })
}

function readMail({ from, to, raw }: { from: string; to: readonly string[]; raw: string }): ReceivedMail {
  const [head = '', ...body] = raw.split('\r\n\r\n')
  const headers = head.replace(/\r\n[ \t]/g, '')
  const header = (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(headers)?.[1] ?? ''
  const text = body.join('\r\n\r\n')
  const encoding = header('Content-Transfer-Encoding').toLowerCase()
  const words = header('Subject').replace(/=\?UTF-8\?(B|Q)\?([^?]*)\?=/gi, (_all, kind: string, word: string) => (kind.toUpperCase() === 'B' ? Buffer.from(word, 'base64').toString('utf8') : quoted(word.replaceAll('_', ' '))))
  return { from, to, raw, subject: words, text: encoding === 'base64' ? Buffer.from(text, 'base64').toString('utf8') : encoding === 'quoted-printable' ? quoted(text) : text }
}

/** RFC 2045 section 6.7. */
function quoted(text: string): string {
  const bytes = text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
