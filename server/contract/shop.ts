// Coins for goods, and beans for coins.
export {}
