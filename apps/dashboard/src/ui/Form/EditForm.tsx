import { Form, type FormProps } from './Form.tsx';
import { Outdated } from './Outdated.tsx';

/** A form for something stored: saves what differs, and says when somebody else changed it meanwhile. */
export function EditForm(
  props: Omit<FormProps, 'submitLabel' | 'cancelTo'> & {
    /** The members that differ from what is stored; null while that cannot be told. */
    change: object | null;
    isOutdated: boolean;
    onReload: () => void;
  },
) {
  const { change, isOutdated, onReload, refusal = null, children, ...form } = props;
  const isUnchanged = change !== null && Object.keys(change).length === 0;
  return (
    <Form
      {...form}
      submitLabel="Save"
      refusal={refusal ?? (isUnchanged ? 'Nothing has changed.' : null)}
    >
      {children}
      {isOutdated && !form.isBusy && <Outdated onReload={onReload} />}
    </Form>
  );
}
