// Tags, search and rankings.
import type { Knex } from 'knex'
import { ID_TYPE, moment, refer } from '../columns.ts'

export async function up(database: Knex): Promise<void> {
  await database.schema.createTable('channel_tags', (table) => {
    refer(table, 'channel_id', 'channels').notNullable()
    table.specificType('tag', 'VARCHAR(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin').notNullable()
    table.specificType('place', 'TINYINT UNSIGNED').notNullable()
    table.primary(['channel_id', 'place'])
    table.unique(['tag', 'channel_id'])
  })
  await createSearchDocuments(database)
  // Watch time by ten minutes (grain m) and by hours (grain h), for the rankings.
  await database.schema.createTable('ranking_buckets', (table) => {
    table.specificType('grain', "CHAR(1) CHARACTER SET ascii").notNullable()
    moment(table, 'starts_at').notNullable()
    refer(table, 'channel_id', 'channels').notNullable()
    table.bigInteger('watch_seconds').notNullable()
    table.integer('peak_viewers').notNullable()
    table.primary(['grain', 'starts_at', 'channel_id'])
  })
  // Which turn of a periodic task was taken last: of all servers one takes each turn.
  await database.schema.createTable('task_turns', (table) => {
    table.string('task', 32).notNullable().primary()
    table.bigInteger('turn').notNullable()
  })
  await database('task_turns').insert([
    { task: 'ranking', turn: 0 },
    { task: 'search', turn: 0 },
  ])
}

/**
 * What can be found, one row a channel, replay or person. `grams` holds the text cut into coded pairs of letters for the full-text
 * index that both databases have; MySQL's own ngram parser reads `text` itself (MariaDB has none).
 */
async function createSearchDocuments(database: Knex): Promise<void> {
  await database.schema.createTable('search_documents', (table) => {
    table.increments('id')
    table.string('kind', 8).notNullable()
    table.specificType('subject', ID_TYPE).notNullable()
    table.specificType('text', 'VARCHAR(600) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin').notNullable()
    table.specificType('grams', 'TEXT CHARACTER SET ascii').notNullable()
    table.unique(['kind', 'subject'])
  })
  const [plugins] = (await database.raw("SELECT PLUGIN_NAME FROM information_schema.PLUGINS WHERE PLUGIN_NAME = 'ngram' AND PLUGIN_STATUS = 'ACTIVE'")) as [unknown[]]
  if (plugins.length === 0) {
    await database.raw('ALTER TABLE search_documents ADD FULLTEXT INDEX search_documents_words (grams)')
    return
  }
  // With the default stop words ("a", "i", …) the parser would drop every pair that holds one of them.
  await database.raw('SET SESSION innodb_ft_enable_stopword = 0')
  await database.raw('ALTER TABLE search_documents ADD FULLTEXT INDEX search_documents_words (text) WITH PARSER ngram')
}

export async function down(database: Knex): Promise<void> {
  for (const table of ['task_turns', 'ranking_buckets', 'search_documents', 'channel_tags']) await database.schema.dropTableIfExists(table)
}
