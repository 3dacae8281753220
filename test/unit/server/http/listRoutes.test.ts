import express, { Router } from 'express'
import { expect, test } from 'vitest'
import { listRoutes } from '../../../../server/http/listRoutes.ts'

test('routes of the app and of its routers are listed once each, middleware is not', () => {
  const app = express()
  const routes = Router()
  const answer = () => undefined
  routes.get(['/a', '/b'], answer, answer)
  routes.route('/c').put(answer).delete(answer)
  app.use(express.json())
  app.use(routes)
  app.post('/d', answer)
  app.get('/a', answer)
  expect(listRoutes(app)).toEqual(['GET /a', 'GET /b', 'PUT /c', 'DELETE /c', 'POST /d'])
})
