// English words of: share.
export const share = {
  title: 'Share',
}
