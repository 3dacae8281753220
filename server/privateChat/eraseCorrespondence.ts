// What a deleted account leaves in private chat: places in conversations, without words or pictures.
import type { UserId } from '../contract/ids.ts'
import type { Database } from '../db/openDatabase.ts'
import { transact } from '../db/transact.ts'
import { lockConversation, readMember, recountUnread, updateMember } from './conversationStore.ts'
import type { MemberRow } from './conversationStore.ts'
import { emptyMessages, purgeMessages } from './messageStore.ts'
import type { PrivateImages } from './PrivateImages.ts'
import type { PrivatePreferences } from './PrivatePreferences.ts'
import type { Teller } from './Teller.ts'

/** Past every message: the other one alone decides when a conversation is gone for good. */
const ALL_SEQS = 4_294_967_295

export type EraseDeps = { readonly database: Database; readonly images: PrivateImages; readonly preferences: PrivatePreferences; readonly teller: Teller }

/** May be called again: what is erased stays so. */
export async function eraseCorrespondence({ database, images, preferences, teller }: EraseDeps, userId: UserId): Promise<void> {
  const members = await database<MemberRow>('private_members').where({ user_id: userId })
  for (const { conversation_id: id, other_id } of members) {
    await transact(database, async (transaction) => {
      await lockConversation(transaction, id)
      await emptyMessages(transaction, { conversation_id: id, sender_id: userId }, 'erased')
      await updateMember(transaction, id, userId, { gone: true, hidden_seq: ALL_SEQS, unread: 0, request: false })
      const other = await readMember(transaction, id, other_id)
      await images.detach(transaction, transaction('private_messages').where({ conversation_id: id, sender_id: userId }).select('id'))
      await images.detach(transaction, transaction('private_messages').where({ conversation_id: id }).where('seq', '<=', other.hidden_seq).select('id'))
      await purgeMessages(transaction, id, other.hidden_seq)
      await updateMember(transaction, id, other_id, { unread: await recountUnread(transaction, id, other_id, other.read_seq) })
    })
    await teller.changed(id, [other_id])
  }
  await transact(database, (transaction) => images.detachAllOf(transaction, userId))
  await preferences.forget(userId)
  await images.sweep()
}
