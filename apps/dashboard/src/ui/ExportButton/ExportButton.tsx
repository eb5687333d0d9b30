import { useState } from 'react';
import { download } from '../../lib/download.ts';
import { toCsv, toJson } from '../../lib/export-rows.ts';
import { formatCount, plural } from '../../lib/text.ts';
import { Button } from '../Button/Button.tsx';
import { ButtonRow } from '../ButtonRow/ButtonRow.tsx';
import { Dialog } from '../Dialog/Dialog.tsx';
import { IconDownload } from '../icons.ts';
import { Problem, type ShownProblem } from '../Problem/Problem.tsx';

/** How all rows of a list are read, or what went wrong. */
export type ReadRows = () => Promise<{ rows: readonly object[]; isCut: boolean } | ShownProblem>;

const FORMATS = {
  csv: { label: 'CSV', mediaType: 'text/csv;charset=utf-8', write: toCsv },
  json: { label: 'JSON', mediaType: 'application/json', write: toJson },
} as const;

/** Saves all rows of a list, as it is filtered now, as a file. */
export function ExportButton(props: { name: string; mostRows: number; read: ReadRows }) {
  const { name, mostRows, read } = props;
  const [isOpen, setOpen] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<string | ShownProblem | null>(null);

  async function save(format: keyof typeof FORMATS): Promise<void> {
    setBusy(true);
    const answer = await read();
    setBusy(false);
    if (!('rows' in answer)) {
      setOutcome(answer);
      return;
    }
    const { mediaType, write } = FORMATS[format];
    const day = new Date().toISOString().slice(0, 10);
    download(
      `signalbox-${name.replaceAll(' ', '-')}-${day}.${format}`,
      mediaType,
      write(answer.rows),
    );
    const rest = answer.isCut ? ', the newest of more; narrow the filters for the others' : '';
    setOutcome(`Saved ${plural(answer.rows.length, 'row')}${rest}.`);
  }
  return (
    <>
      <Button
        icon={<IconDownload />}
        onClick={() => {
          setOutcome(null);
          setOpen(true);
        }}
      >
        Export
      </Button>
      {isOpen && (
        <Dialog
          title={`Export ${name}`}
          text={`All rows that fit the filters now, newest first, at most ${formatCount(mostRows)}. In CSV, text that a spreadsheet would take for a formula gets an apostrophe in front.`}
          onClose={() => {
            setOpen(false);
          }}
        >
          <ButtonRow>
            {(['csv', 'json'] as const).map((format) => (
              <Button key={format} look="primary" isBusy={isBusy} onClick={() => void save(format)}>
                {FORMATS[format].label}
              </Button>
            ))}
            <Button
              look="quiet"
              onClick={() => {
                setOpen(false);
              }}
            >
              Close
            </Button>
          </ButtonRow>
          {typeof outcome === 'string' && <p role="status">{outcome}</p>}
          {outcome !== null && typeof outcome !== 'string' && <Problem problem={outcome} />}
        </Dialog>
      )}
    </>
  );
}
