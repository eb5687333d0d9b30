import { PointerList } from '../../ui/PointerList/PointerList.tsx';

/** Faults with the place that each is about. */
export function FaultList(props: {
  label: string;
  faults: readonly { pointer: string; code: string; detail: string }[];
}) {
  return (
    <PointerList
      label={props.label}
      rows={props.faults.map(({ pointer, code, detail }) => ({
        key: `${pointer} ${code} ${detail}`,
        pointer: pointer === '' ? '(the whole)' : pointer,
        words: <span>{detail}</span>,
      }))}
    />
  );
}
