// Shows Web Push messages while no page of Footlight is open, and leads to what they tell of.
self.addEventListener('push', (event) => {
  let message
  try {
    message = event.data.json()
  } catch {
    message = { title: 'Footlight', body: '', link: '/notifications', tag: undefined, icon: null }
  }
  const { title, body, link, tag, icon } = message
  event.waitUntil(self.registration.showNotification(title, { body, tag, icon: icon ?? '/favicon.svg', data: { link } }))
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  // Only a page of this origin is ever opened.
  const asked = new URL(event.notification.data?.link ?? '/', self.location.origin)
  const target = asked.origin === self.location.origin ? asked.href : self.location.origin
  const open = async () => {
    const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
    const there = pages.find(({ url }) => url === target)
    await (there ? there.focus() : self.clients.openWindow(target))
  }
  event.waitUntil(open())
})
