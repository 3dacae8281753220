import { expect, test } from 'vitest'
import { readSettings, settingsSchema } from '../../../../server/contract/settings.ts'

test('nothing given: every setting has its default', () => {
  expect(readSettings({})).toMatchObject({ HTTP_PORT: 3000, RTMP_PORT: 1935, WEBRTC_PORT: 44400, GRACE_SECONDS: 30 })
})

test('an empty variable counts as not given', () => {
  expect(readSettings({ HTTP_PORT: '' }).HTTP_PORT).toBe(3000)
})

test('a wrong setting is one line that names the variable', () => {
  expect(() => readSettings({ HTTP_PORT: 'eighty', RTMP_PORT: '70000' })).toThrow(/^Wrong setting: HTTP_PORT: .*; RTMP_PORT: .*$/)
})

test('every setting says what it means', () => {
  for (const [name, schema] of Object.entries(settingsSchema.shape)) expect(schema.description, name).toBeTruthy()
})
