// English words of: settings.
export const settings = {
  title: 'Settings',
}
