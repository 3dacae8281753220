// The words of the wallet in English.
export const wallet = {
  title: 'Wallet',
  coins: 'coins',
  beans: 'beans',
  chip: 'Wallet: {{coins}} coins',
}
