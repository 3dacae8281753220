// Coins for money: packages, orders, and how one pays.
export {}
