// `/settings/account`: what guards an account, a card a matter.
import { CodesCard } from './CodesCard.tsx'
import { DeletionCard } from './DeletionCard.tsx'
import { EmailCard } from './EmailCard.tsx'
import { PasswordCard } from './PasswordCard.tsx'
import type { AccountSectionProps } from './ProfileSettings.tsx'
import { SessionsCard } from './SessionsCard.tsx'

export function AccountSettings({ account, onChanged }: AccountSectionProps) {
  return (
    <>
      <PasswordCard />
      <SessionsCard />
      <EmailCard account={account} onChanged={onChanged} />
      <CodesCard account={account} onChanged={onChanged} />
      <DeletionCard name={account.person.name} />
    </>
  )
}
