import { Card } from '../Card/Card.tsx';
import { Page } from '../Page/Page.tsx';
import { Form, type FormProps } from './Form.tsx';

/** A screen that is one form, for something new; "Cancel" leads one level up. */
export function FormPage(
  props: Omit<FormProps, 'label' | 'cancelTo'> & {
    title: string;
    parent: { to: string; label: string };
    /** It shows more beside its fields, and wants the room. */
    isWide?: boolean;
  },
) {
  const { title, parent, isWide = false, ...form } = props;
  return (
    <Page title={title} parent={parent} isNarrow={!isWide}>
      <Card>
        <Form {...form} label={title} cancelTo={parent.to} />
      </Card>
    </Page>
  );
}
