// `/signup`.
import { AccountForm } from './AccountForm.tsx'

export function SignUpPage() {
  return <AccountForm kind="signup" />
}
