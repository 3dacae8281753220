// Finding channels and sharing them: home, search, rankings, posters, embeds.
