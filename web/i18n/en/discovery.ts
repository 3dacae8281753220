// English words of: discover.
export const discovery = {
  title: 'Discover',
}
