// The words of guards in English.
export const guard = {
  title: 'Guard',
}
