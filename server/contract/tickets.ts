// Shows that ask for a ticket, or count the minutes.
export {}
