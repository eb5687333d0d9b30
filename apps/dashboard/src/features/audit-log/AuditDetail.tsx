import type { AuditRecord } from '@signalbox/api/contract';
import { Link } from 'react-router';
import { exactTime } from '../../lib/time.ts';
import { Button } from '../../ui/Button/Button.tsx';
import { Changes } from '../../ui/Changes/Changes.tsx';
import { Id } from '../../ui/Code/Id.tsx';
import { Dialog } from '../../ui/Dialog/Dialog.tsx';
import { Facts } from '../../ui/Facts/Facts.tsx';
import { actionText, subjectName, subjectPath } from './audit-words.ts';

/** One entry: who, when, from where, and what became of what. */
export function AuditDetail(props: { entry: AuditRecord; actorName: string; onClose: () => void }) {
  const { entry, actorName, onClose } = props;
  const path = subjectPath(entry);
  const name = subjectName(entry) ?? entry.subjectId;
  return (
    <Dialog title={`${actionText(entry.action)}: ${name}`} onClose={onClose} isWide>
      <Facts
        facts={[
          ['Who', actorName],
          ['When', exactTime(Date.parse(entry.at))],
          ['From', entry.address],
          [
            'Of',
            path === null ? null : (
              <Link key="of" to={path}>
                {name}
              </Link>
            ),
          ],
          ['Id', <Id key="id" id={entry.subjectId} isWhole />],
        ]}
      />
      <Changes before={entry.before} after={entry.after} />
      <div>
        <Button onClick={onClose}>Close</Button>
      </div>
    </Dialog>
  );
}
