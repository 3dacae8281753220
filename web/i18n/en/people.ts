// English words of: people.
export const people = {
  title: 'People',
}
