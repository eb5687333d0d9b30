import { useId, useState } from 'react';
import { Dialog } from '../../ui/Dialog/Dialog.tsx';
import { findCommands, findId, type Command } from './find-commands.ts';
import { useCommands } from './use-commands.ts';
import { useFindById } from './use-find-by-id.ts';
import styles from './CommandPalette.module.css';

/** Type to go to any screen or thing, to find by id, or to act. */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const [place, setPlace] = useState(0);
  const listId = useId();
  const found = findCommands(useCommands(), typed);
  const byId = useFindById(typed);
  const commands = findId(typed) === null ? [...found, ...byId] : [...byId, ...found];
  const active = commands[Math.min(place, commands.length - 1)];

  function run(command: Command | undefined): void {
    if (command === undefined || (command.refusal ?? null) !== null) return;
    onClose();
    command.run();
  }
  function onKeyDown(event: React.KeyboardEvent): void {
    const steps: Readonly<Partial<Record<string, number>>> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setPlace((place + step + commands.length) % Math.max(1, commands.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      run(active);
    }
  }
  return (
    <Dialog title="Go to or do" onClose={onClose} isWide>
      <input
        className={styles.input}
        role="combobox"
        aria-label="Command"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={active && `${listId} ${active.key}`.replaceAll(' ', '-')}
        placeholder="A screen, a name, an id, or what to do"
        autoFocus
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setPlace(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={listId} role="listbox" aria-label="Commands" className={styles.list}>
        {commands.map((command) => (
          <li
            key={command.key}
            id={`${listId} ${command.key}`.replaceAll(' ', '-')}
            role="option"
            aria-selected={command === active}
            aria-disabled={(command.refusal ?? null) !== null}
            className={styles.option}
            onPointerMove={() => {
              setPlace(commands.indexOf(command));
            }}
            onClick={() => {
              run(command);
            }}
          >
            <span className={styles.label}>{command.label}</span>
            <span className={styles.kind}>{command.refusal ?? command.kind}</span>
          </li>
        ))}
      </ul>
      {commands.length === 0 && <p className={styles.kind}>Nothing fits.</p>}
    </Dialog>
  );
}
