// The words of the back office in English.
export const admin = {
  title: 'Back office',
}
