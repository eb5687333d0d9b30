import { describe, expect, test } from '@jest/globals';
import { DELIVERY_STATES, isActionAllowed } from '@signalbox/api/delivery-states';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { DeliveryButtons } from './DeliveryButtons.tsx';

const ACTIONS = [
  ['retry', 'Retry'],
  ['cancel', 'Cancel'],
] as const;
const CASES = DELIVERY_STATES.flatMap((state) =>
  ACTIONS.map(([action, word]) => ({ state, action, word })),
);

function show(state: (typeof DELIVERY_STATES)[number], refusal: string | null = null) {
  const acts: string[] = [];
  render(
    <DeliveryButtons
      state={state}
      targetName="billing"
      refusal={refusal}
      isBusy={false}
      problem={null}
      onAct={(action) => acts.push(action)}
    />,
  );
  return acts;
}

describe('the buttons of a delivery', () => {
  test.each(CASES)('$word in $state can be used as the table says', ({ state, action, word }) => {
    show(state);
    const button = screen.getByRole('button', { name: word });
    expect(button.getAttribute('aria-disabled')).toBe(String(!isActionAllowed(action, state)));
    if (!isActionAllowed(action, state))
      expect(button.title).toContain(`This delivery is ${state}`);
  });

  test('do nothing when refused, and say why', async () => {
    const acts = show('dead', 'Needs the role operator; you are a viewer.');
    const retry = screen.getByRole('button', { name: 'Retry' });
    await userEvent.click(retry);
    expect(acts).toEqual([]);
    expect(retry.title).toBe('Needs the role operator; you are a viewer.');
  });

  test('retry at once, and cancel only after asking, naming the target', async () => {
    HTMLDialogElement.prototype.showModal = function showModal() {
      this.open = true;
    };
    HTMLDialogElement.prototype.close = function close() {
      this.open = false;
    };
    const acts = show('dead');
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(acts).toEqual(['retry']);
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(acts).toEqual(['retry']);
    const dialog = screen.getByRole('dialog', { name: 'Cancel this delivery to billing?' });
    await userEvent.click(within(dialog).getByRole('button', { name: 'Cancel' }));
    expect(acts).toEqual(['retry', 'cancel']);
  });
});
