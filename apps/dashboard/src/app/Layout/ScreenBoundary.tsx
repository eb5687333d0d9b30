import { Component, type ReactNode } from 'react';
import { Button } from '../../ui/Button/Button.tsx';
import { EmptyState } from '../../ui/EmptyState/EmptyState.tsx';

/** Keeps a fault of one screen from taking the others down; the usual cause is a chunk of a build that was replaced. */
export class ScreenBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <EmptyState
        title="This screen could not be drawn"
        action={
          <Button
            look="primary"
            onClick={() => {
              window.location.reload();
            }}
          >
            Reload
          </Button>
        }
      >
        <p>The gateway may have been updated since this page was opened.</p>
      </EmptyState>
    );
  }
}
