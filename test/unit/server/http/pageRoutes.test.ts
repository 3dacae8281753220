import { expect, test } from 'vitest'
import { withHead } from '../../../../server/http/pageRoutes.ts'

const index = '<html><head><meta name="description" content="all" /><title>Footlight</title></head><body></body></html>'

test('tags of a subject stand in the head, in the place of those every page has', () => {
  const page = withHead(index, '<title>Anna $& live</title><meta name="description" content="hers" />')
  expect(page).toContain('<title>Anna $& live</title><meta name="description" content="hers" />\n  </head>')
  expect(page).not.toContain('Footlight')
  expect(page.match(/name="description"/g)).toHaveLength(1)
})

test('what the tags do not name stays', () => {
  expect(withHead(index, '<meta property="og:title" content="x">')).toContain('<title>Footlight</title>')
})
