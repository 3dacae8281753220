import { expect, test } from 'vitest'
import { SentSize } from '../../../../web/studio/SentSize.ts'

const hd = { width: 1280, height: 720 }
const fullHd = { width: 1920, height: 1080 }

function sentSize() {
  const heard: string[] = []
  const server = { away: false }
  const size = new SentSize(({ width, height }) => {
    if (server.away) return Promise.reject(new Error('away'))
    heard.push(`${width}x${height}`)
    return Promise.resolve()
  })
  return { size, heard, server }
}

test('a swapped track of another size is told once', async () => {
  const { size, heard } = sentSize()
  size.toldWith(hd)
  await size.tell(hd)
  expect(heard).toEqual([])
  await size.tell(fullHd)
  await size.tell(fullHd)
  expect(heard).toEqual(['1920x1080'])
})

test('a size the browser does not know yet is not told', async () => {
  const { size, heard } = sentSize()
  await size.tell({ width: 0, height: 0 })
  expect(heard).toEqual([])
})

test('what the server did not hear is told again', async () => {
  const { size, heard, server } = sentSize()
  size.toldWith(hd)
  server.away = true
  await size.tell(fullHd)
  server.away = false
  await size.tell(fullHd)
  expect(heard).toEqual(['1920x1080'])
})

test('a new producer’s size needs no further word', async () => {
  const { size, heard } = sentSize()
  await size.tell(hd)
  size.toldWith(fullHd)
  await size.tell(fullHd)
  expect(heard).toEqual(['1280x720'])
})
