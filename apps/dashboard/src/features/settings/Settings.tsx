import { Card } from '../../ui/Card/Card.tsx';
import { Columns } from '../../ui/Columns/Columns.tsx';
import { Muted } from '../../ui/Muted/Muted.tsx';
import { Page } from '../../ui/Page/Page.tsx';
import { Segments } from '../../ui/Segments/Segments.tsx';
import { Stack } from '../../ui/Stack/Stack.tsx';
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
      <Columns>
        <Stack>
          <Account />
          <OwnPassword />
        </Stack>
        <Stack>
          <Card title="Look">
            <div className={styles.look}>
              <Segments label="Theme" value={theme} options={THEMES} onChange={applyTheme} />
              <Muted>Kept in this browser.</Muted>
            </div>
          </Card>
          <GatewayHealth />
        </Stack>
      </Columns>
    </Page>
  );
}
