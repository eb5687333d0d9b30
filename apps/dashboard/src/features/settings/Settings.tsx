import { Card } from '../../ui/Card/Card.tsx';
import { Page } from '../../ui/Page/Page.tsx';
import { Segments } from '../../ui/Segments/Segments.tsx';
import { applyTheme, useTheme, type Theme } from '../../lib/theme.ts';
import { Account } from './Account.tsx';
import { GatewayHealth } from './GatewayHealth.tsx';
import { OwnPassword } from './OwnPassword.tsx';
import styles from './Settings.module.css';

const THEMES: readonly (readonly [Theme, string])[] = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

/** What concerns the person who is signed in and their gateway. */
export function Settings() {
  const theme = useTheme();
  return (
    <Page title="Settings">
      <div className={styles.columns}>
        <div className={styles.stack}>
          <Account />
          <OwnPassword />
        </div>
        <div className={styles.stack}>
          <Card title="Look">
            <div className={styles.look}>
              <Segments label="Theme" value={theme} options={THEMES} onChange={applyTheme} />
              <p className={styles.muted}>Kept in this browser.</p>
            </div>
          </Card>
          <GatewayHealth />
        </div>
      </div>
    </Page>
  );
}
