// Tells the type checker what Vite makes of a style sheet.
declare module '*.module.css' {
  const classes: Readonly<Record<string, string>>
  export default classes
}
declare module '*.css'

// hls.js ships its light build (no subtitles, no DRM) without types of its own.
declare module 'hls.js/light' {
  export { default } from 'hls.js'
}
