// The words of tickets in English.
export const tickets = {
  title: 'Ticket',
}
