// The page for an address that leads nowhere.

import { ButtonLink } from '../ui/button.tsx'
import { MessagePage } from '../ui/notice.tsx'
import { usePageTitle } from '../ui/page-title.ts'

/** For addresses that are not there and projects one is not in: both look the same, so that nobody can probe for projects. */
export function NotFoundPage() {
  usePageTitle('Not found')
  return (
    <MessagePage title="There is nothing here" actions={<ButtonLink to="/">All projects</ButtonLink>}>
      <p>The address is wrong, or it belongs to a project you are not in. If someone sent it to you, ask them for an invitation.</p>
    </MessagePage>
  )
}
