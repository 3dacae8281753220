// The words of the back office in English.
export const admin = {
  title: 'Back office',
  sections: 'Sections of the back office',
  section: {
    orders: 'Orders',
    packages: 'Packages',
    gifts: 'Gifts',
    goods: 'Goods',
    withdrawals: 'Withdrawals',
    rates: 'Rates',
    ledger: 'Ledger',
    reconciliation: 'Reconciliation',
  },
  reports: 'Reports desk',
  alarm: 'Something needs a look',
  more: 'Show more',
  staffOnly: 'The back office is for operators',
  staffOnlyBody: 'Your account has no part in running this platform. If it should, ask an admin.',
  notForYou: 'This section is not open to you',
  notForYouBody: 'Only admins may change what is here.',
}
