// Letters that look like a Latin one: what people write a forbidden word with so that a list does not find it.

const groups: Readonly<Record<string, string>> = {
  a: 'аαɑᴀ',
  b: 'вβьʙ',
  c: 'сϲᴄ',
  d: 'ԁđðᴅɗ',
  e: 'еεєᴇəɛ',
  f: 'ƒꜰғ',
  g: 'ɡɢԍց',
  h: 'нһʜħհ',
  i: 'іιıɪӏ',
  j: 'јϳᴊյ',
  k: 'кκᴋ',
  l: 'łʟⅼլ',
  m: 'мᴍ',
  n: 'ηɴпŋոռ',
  o: 'оοσøᴏөօ',
  p: 'рρᴘ',
  q: 'ԛφզգ',
  r: 'гʀɾ',
  s: 'ѕꜱտ',
  t: 'тτᴛŧ',
  u: 'υᴜμս',
  v: 'νᴠѵ',
  w: 'ωԝᴡшщա',
  x: 'хχ',
  y: 'уγʏү',
  z: 'ᴢƶ',
  ae: 'æӕ',
  oe: 'œ',
  ss: 'ß',
  th: 'þ',
}

export const lookAlikes: ReadonlyMap<string, string> = new Map(Object.entries(groups).flatMap(([latin, others]) => [...others].map((letter) => [letter, latin] as const)))

/** Digits and signs that stand for letters among letters: readings are tried one after the other. */
export const leetReadings: ReadonlyArray<ReadonlyMap<string, string>> = [
  new Map(Object.entries({ 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't', 8: 'b', 9: 'g', '@': 'a', $: 's', '!': 'i', '|': 'i', '+': 't', '€': 'e', '£': 'l' })),
  new Map(Object.entries({ 0: 'o', 1: 'l', 3: 'e', 4: 'a', 5: 's', 7: 't', 8: 'b', 9: 'g', '@': 'a', $: 's', '!': 'l', '|': 'l', '+': 't', '€': 'e', '£': 'l' })),
]

/** Squared and circled white-on-black letters, which Unicode does not decompose: their first code points, A to Z each. */
export const boxedAlphabets: readonly number[] = [0x1f150, 0x1f170]
