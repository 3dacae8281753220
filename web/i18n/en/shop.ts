// The words of the shop in English.
export const shop = {
  title: 'Shop',
}
