// `/settings/account`: what guards an account, a card a matter.
import { useState } from 'react'
import { CodesCard } from './CodesCard.tsx'
import { DeletionCard } from './DeletionCard.tsx'
import { EmailCard } from './EmailCard.tsx'
import { PasswordCard } from './PasswordCard.tsx'
import type { AccountSectionProps } from './ProfileSettings.tsx'
import { SessionsCard } from './SessionsCard.tsx'

export function AccountSettings({ account, onChanged }: AccountSectionProps) {
  // A new password ends sessions: their list begins anew.
  const [passwords, setPasswords] = useState(0)
  return (
    <>
      <PasswordCard onChanged={() => setPasswords((count) => count + 1)} />
      <SessionsCard key={passwords} />
      <EmailCard account={account} onChanged={onChanged} />
      <CodesCard account={account} onChanged={onChanged} />
      <DeletionCard name={account.person.name} />
    </>
  )
}
