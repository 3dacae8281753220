// `/login`.
import { AccountForm } from './AccountForm.tsx'

export function LogInPage() {
  return <AccountForm kind="login" />
}
