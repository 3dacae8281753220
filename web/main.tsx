// Starts the page: asks for what the address will need at once, then draws.
import { createRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { RouterProvider, createBrowserRouter } from 'react-router'
import { SessionProvider } from './accounts/SessionProvider.tsx'
import { App } from './app/App.tsx'
import { SocketProvider, createSocketSource } from './client/SocketProvider.tsx'
import { startI18n } from './i18n/startI18n.ts'
import './styles/tokens.css'
import './styles/base.css'

async function start(root: HTMLElement): Promise<void> {
  const sockets = createSocketSource()
  // Media waits for these two; failures are met again, and shown, by the page that needs them.
  if (location.pathname.startsWith('/c/')) {
    void sockets.get().catch(() => undefined)
    void import('./playback/loadDevice.ts').catch(() => undefined)
  }
  const i18n = await startI18n()
  // A router object rather than a component, so that the studio can hold back a host who would leave while live.
  const router = createBrowserRouter([{ path: '*', element: <App /> }])
  createRoot(root).render(
    <I18nextProvider i18n={i18n}>
      <SocketProvider source={sockets}>
        <SessionProvider>
          <RouterProvider router={router} />
        </SessionProvider>
      </SocketProvider>
    </I18nextProvider>,
  )
}

const root = document.getElementById('root')
if (root !== null) void start(root)
