import { lazy, Suspense, useState } from 'react';
import { Outlet, useLocation } from 'react-router';
import { useCommandKey, useHotkeys } from '../../lib/use-hotkeys.ts';
import { IconButton } from '../../ui/Button/IconButton.tsx';
import { IconCommand, IconHelp, IconMenu } from '../../ui/icons.ts';
import { HelpDialog } from './HelpDialog.tsx';
import { LiveIndicator } from './LiveIndicator.tsx';
import { Navigation } from './Navigation.tsx';
import { OpenAlerts } from './OpenAlerts.tsx';
import { ScreenBoundary } from './ScreenBoundary.tsx';
import { ThemeToggle } from './ThemeToggle.tsx';
import { UserMenu } from './UserMenu.tsx';
import styles from './Layout.module.css';

const CommandPalette = lazy(() =>
  import('../CommandPalette/CommandPalette.tsx').then((module) => ({
    default: module.CommandPalette,
  })),
);

/** The frame of all screens: navigation at the left, the state of the stream above. */
export function Layout() {
  const [isHelpOpen, setHelpOpen] = useState(false);
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const [openAt, setOpenAt] = useState<string | null>(null);
  const { pathname } = useLocation();
  useHotkeys({
    '?': () => {
      setHelpOpen(true);
      return true;
    },
  });
  useCommandKey(() => {
    setPaletteOpen(true);
  });
  const isNavigationOpen = openAt === pathname;
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        Skip to content
      </a>
      <aside className={styles.rail} data-open={isNavigationOpen}>
        <Navigation />
      </aside>
      <header className={styles.header}>
        <span className={styles.menu}>
          <IconButton
            label="Navigation"
            isExpanded={isNavigationOpen}
            onClick={() => {
              setOpenAt(isNavigationOpen ? null : pathname);
            }}
          >
            <IconMenu />
          </IconButton>
        </span>
        <LiveIndicator />
        <OpenAlerts />
        <div className={styles.tools}>
          <IconButton
            label="Go to or do"
            title="Go to or do (Ctrl K)"
            onClick={() => {
              setPaletteOpen(true);
            }}
          >
            <IconCommand />
          </IconButton>
          <ThemeToggle />
          <IconButton
            label="Keyboard help"
            title="Keyboard help (?)"
            onClick={() => {
              setHelpOpen(true);
            }}
          >
            <IconHelp />
          </IconButton>
          <UserMenu />
        </div>
      </header>
      <main id="content" className={styles.content} tabIndex={-1}>
        <ScreenBoundary key={pathname}>
          <Suspense fallback={null}>
            <Outlet />
          </Suspense>
        </ScreenBoundary>
      </main>
      {isPaletteOpen && (
        <Suspense fallback={null}>
          <CommandPalette
            onClose={() => {
              setPaletteOpen(false);
            }}
          />
        </Suspense>
      )}
      {isHelpOpen && (
        <HelpDialog
          onClose={() => {
            setHelpOpen(false);
          }}
        />
      )}
    </div>
  );
}
