import { expect, test } from '@jest/globals';
import { render } from '@testing-library/react';
import { Dialog } from './Dialog.tsx';

test('a dialog is closed before it leaves the page, so that the focus goes back to where it was', () => {
  const stoodInPage: boolean[] = [];
  HTMLDialogElement.prototype.showModal = () => undefined;
  HTMLDialogElement.prototype.close = function close() {
    stoodInPage.push(this.isConnected);
  };
  const { unmount } = render(
    <Dialog title="Delete orders?" onClose={() => undefined}>
      <p>It is gone for good.</p>
    </Dialog>,
  );
  unmount();
  expect(stoodInPage).toEqual([true]);
});
