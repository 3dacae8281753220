// Beans to money, and the income they come from.
export {}
