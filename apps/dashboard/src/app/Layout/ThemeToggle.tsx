import { applyTheme, THEMES, useTheme, type Theme } from '../../lib/theme.ts';
import { IconButton } from '../../ui/Button/IconButton.tsx';
import { IconMonitor, IconMoon, IconSun } from '../../ui/icons.ts';

const ICONS = { system: <IconMonitor />, light: <IconSun />, dark: <IconMoon /> };
const NAMES: Readonly<Record<Theme, string>> = {
  system: 'as the system',
  light: 'light',
  dark: 'dark',
};

/** Goes through the themes: as the system, light, dark. */
export function ThemeToggle() {
  const theme = useTheme();
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
  return (
    <IconButton
      label={`Theme: ${NAMES[theme]}; change to ${NAMES[next]}`}
      title={`Theme: ${NAMES[theme]}`}
      onClick={() => {
        applyTheme(next);
      }}
    >
      {ICONS[theme]}
    </IconButton>
  );
}
