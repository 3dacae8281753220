// The words of income and withdrawals in English.
export const income = {
  title: 'Income',
}
