// What is shown when a view breaks, instead of an empty page.

import { Component, type ReactNode } from 'react'
import { Button } from './button.tsx'
import { MessagePage } from './notice.tsx'

/** Shows `children`; once one of them throws, or its script cannot be loaded, `fallback`, or else a page that says what to do. */
export class ErrorBoundary extends Component<{ children: ReactNode; fallback?: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false }

  static getDerivedStateFromError() {
    return { isBroken: true }
  }

  override componentDidCatch(error: Error): void {
    reportError(error)
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children
    if (this.props.fallback !== undefined) return this.props.fallback
    return (
      <MessagePage
        title="This page broke"
        actions={
          <Button look="primary" onClick={() => location.reload()}>
            Load it again
          </Button>
        }
      >
        <p>
          It may be that the connection was lost while a part of it was loading. What you wrote is on the server or kept in this browser;
          load the page again to go on.
        </p>
      </MessagePage>
    )
  }
}
