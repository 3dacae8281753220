// English words of: schedule.
export const schedule = {
  title: 'Schedule',
}
