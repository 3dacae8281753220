// Puts a video's two halves together: the left one's colours, the right one's brightness as transparency.

const VERTEX = 'attribute vec2 at; varying vec2 uv; void main() { uv = vec2(at.x * 0.5 + 0.5, 0.5 - at.y * 0.5); gl_Position = vec4(at, 0.0, 1.0); }'
const FRAGMENT = `precision mediump float; varying vec2 uv; uniform sampler2D picture;
void main() {
  vec3 color = texture2D(picture, vec2(uv.x * 0.5, uv.y)).rgb;
  float alpha = texture2D(picture, vec2(uv.x * 0.5 + 0.5, uv.y)).r;
  gl_FragColor = vec4(color * alpha, alpha);
}`

/** @returns what stops drawing. @throws Error without WebGL. */
export function drawSideBySide(video: HTMLVideoElement, root: HTMLElement): () => void {
  const canvas = document.createElement('canvas')
  canvas.width = Math.floor(video.videoWidth / 2)
  canvas.height = video.videoHeight
  const gl = canvas.getContext('webgl', { premultipliedAlpha: true, alpha: true })
  if (gl === null) throw new Error('This browser cannot draw it.')
  const program = gl.createProgram()
  for (const [type, source] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]] as const) {
    const shader = gl.createShader(type)
    if (shader === null) throw new Error('This browser cannot draw it.')
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
  }
  gl.linkProgram(program)
  gl.useProgram(program)
  gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer())
  gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([-1, -1, 1, -1, -1, 1, 1, 1]), gl.STATIC_DRAW)
  const at = gl.getAttribLocation(program, 'at')
  gl.enableVertexAttribArray(at)
  gl.vertexAttribPointer(at, 2, gl.FLOAT, false, 0, 0)
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture())
  for (const [name, value] of [[gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE], [gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE], [gl.TEXTURE_MIN_FILTER, gl.LINEAR]] as const) gl.texParameteri(gl.TEXTURE_2D, name, value)
  let frame = 0
  const draw = () => {
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGB, gl.RGB, gl.UNSIGNED_BYTE, video)
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4)
    frame = requestAnimationFrame(draw)
  }
  root.append(canvas)
  draw()
  return () => {
    cancelAnimationFrame(frame)
    gl.getExtension('WEBGL_lose_context')?.loseContext()
    canvas.remove()
  }
}
