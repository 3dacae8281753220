// The words of gifts, red packets and their ranks in English.
export const gifts = {
  title: 'Gifts',
}
