import { useState, type ReactNode } from 'react';
import { Button } from '../Button/Button.tsx';
import { ButtonRow } from '../ButtonRow/ButtonRow.tsx';
import { Dialog } from './Dialog.tsx';

/** A button for an act that cannot be taken back, or that does much at once: asks first, naming the thing. */
export function ConfirmButton(props: {
  label: string;
  icon?: ReactNode;
  /** Such as `Revoke the key "ci"?` */
  question: string;
  /** What will happen. */
  consequence: string;
  refusal?: string | null;
  isBusy?: boolean;
  size?: 'normal' | 'small';
  /** What does no harm is plain. */
  look?: 'danger' | 'plain';
  /** The question is open without a press of the button, until `onClose`. */
  isAsked?: boolean;
  onClose?: () => void;
  onConfirm: () => void;
}) {
  const {
    label,
    icon,
    question,
    consequence,
    refusal = null,
    isBusy,
    size,
    look,
    isAsked = false,
    onClose,
    onConfirm,
  } = props;
  const [isOpen, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
    onClose?.();
  };
  return (
    <>
      <Button
        look={look ?? 'danger'}
        icon={icon}
        refusal={refusal}
        isBusy={isBusy ?? false}
        size={size ?? 'normal'}
        onClick={() => {
          setOpen(true);
        }}
      >
        {label}
      </Button>
      {(isOpen || (isAsked && refusal === null)) && (
        <Dialog title={question} text={consequence} onClose={close}>
          <ButtonRow isAtEnd>
            <Button onClick={close}>Keep</Button>
            <Button
              look={look === 'plain' ? 'primary' : 'danger'}
              onClick={() => {
                close();
                onConfirm();
              }}
            >
              {label}
            </Button>
          </ButtonRow>
        </Dialog>
      )}
    </>
  );
}
