// Builds the pages into web/dist and, in development, passes the server's paths on to port 3000.
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const server = process.env.FOOTLIGHT_SERVER ?? 'http://127.0.0.1:3000'
const passedOn = ['/api', '/hls', '/flv', '/replays', '/covers', '/avatars', '/live', '/whip', '/whep']

const config = defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: { outDir: 'dist', emptyOutDir: true, manifest: true, target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 700 },
  server: {
    proxy: {
      ...Object.fromEntries(passedOn.map((path) => [path, { target: server, changeOrigin: false }])),
      '/socket.io': { target: server, ws: true },
    },
  },
})

export { config as default }
