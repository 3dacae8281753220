// English words of: player.
export const embed = {
  title: 'Player',
}
