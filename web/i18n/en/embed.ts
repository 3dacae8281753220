// English words of: player.
export const embed = {
  openChannel: 'Open {{title}} on Footlight',
  play: 'Play',
  notFound: 'There is no such channel',
  replayNotFound: 'There is no such replay',
  goTo: 'To Footlight',
}
