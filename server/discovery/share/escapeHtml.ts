// Makes any text safe inside HTML or SVG, in attributes too.

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Also removes control characters, which XML forbids. */
export function escapeHtml(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g, '').replace(/\p{Surrogate}/gu, '').replace(/[&<>"']/g, (character) => entities[character] ?? '')
}
