// Names a browser and its system from the User-Agent header, so that people recognise their own sessions.

export type Device = { readonly browser: string; readonly system: string }

/** The first that matches: browsers name those they descend from as well. */
const browsers: ReadonlyArray<readonly [RegExp, string]> = [
  [/MicroMessenger\//, 'WeChat'],
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\/|\bOpera/, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:QQBrowser|MQQBrowser)\//, 'QQ'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrome\/|\bCriOS\/|\bChromium\//, 'Chrome'],
  [/\bVersion\/.*Safari\//, 'Safari'],
]
const systems: ReadonlyArray<readonly [RegExp, string]> = [
  [/iPhone|iPod/, 'iOS'],
  [/iPad/, 'iPadOS'],
  [/Android/, 'Android'],
  [/HarmonyOS/, 'HarmonyOS'],
  [/Windows/, 'Windows'],
  [/CrOS/, 'ChromeOS'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/Linux|X11/, 'Linux'],
]

/** Empty strings for what it cannot tell. */
export function describeDevice(userAgent: string | undefined): Device {
  const nameIn = (table: ReadonlyArray<readonly [RegExp, string]>) => table.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1] ?? ''
  return { browser: nameIn(browsers), system: nameIn(systems) }
}
