// Commands on one's own profile: what others see, the language, the avatar.
import type { AccountLanguage, AccountView, ProfileChange } from '../contract/accounts.ts'
import type { UserId } from '../contract/ids.ts'
import { AppError } from '../core/AppError.ts'
import type { Database } from '../db/openDatabase.ts'
import { transact } from '../db/transact.ts'
import { PictureStore } from '../pictures/PictureStore.ts'
import type { Accounts } from './Accounts.ts'
import { findProfile, replaceAvatar, writeProfile } from './profileStore.ts'
import { countRecoveryCodes } from './recoveryStore.ts'
import { findUser, viewPerson } from './userStore.ts'

const AVATAR_SIZE = 256

export class Profiles {
  readonly #database: Database
  readonly #accounts: Accounts
  readonly #avatars: PictureStore
  readonly #mail: boolean

  constructor({ database, accounts, mediaDir, mail }: { database: Database; accounts: Accounts; mediaDir: string; mail: boolean }) {
    this.#database = database
    this.#accounts = accounts
    this.#avatars = new PictureStore({ mediaDir, folder: 'avatars', width: AVATAR_SIZE, height: AVATAR_SIZE, fit: 'cover' })
    this.#mail = mail
  }

  /** What only the owner sees. @throws AppError user-not-found */
  async view(userId: UserId): Promise<AccountView> {
    const [user, profile, recoveryCodesLeft] = await Promise.all([findUser(this.#database, { id: userId }), findProfile(this.#database, userId), countRecoveryCodes(this.#database, userId)])
    if (!user || !profile) throw new AppError('user-not-found')
    return { person: viewPerson(user), ...profile, language: user.language, mail: this.#mail, recoveryCodesLeft }
  }

  async change(userId: UserId, { displayName, bio, links }: ProfileChange): Promise<void> {
    await writeProfile(this.#database, userId, {
      ...(displayName === undefined ? {} : { display_name: displayName || null }),
      ...(bio === undefined ? {} : { bio }),
      ...(links === undefined ? {} : { links: JSON.stringify(links) }),
    })
    this.#accounts.emit('changed', { userId })
  }

  async setLanguage(userId: UserId, language: AccountLanguage): Promise<void> {
    await writeProfile(this.#database, userId, { language })
    this.#accounts.emit('changed', { userId })
  }

  /** @param image null removes it. @throws AppError bad-image */
  async setAvatar(userId: UserId, image: Buffer | null): Promise<void> {
    const avatar = image && (await this.#avatars.save(image))
    const former = await transact(this.#database, (transaction) => replaceAvatar(transaction, userId, avatar))
    if (former) await this.#avatars.remove(former)
    this.#accounts.emit('changed', { userId })
  }

  async removePicture(avatar: string): Promise<void> {
    await this.#avatars.remove(avatar)
  }
}
