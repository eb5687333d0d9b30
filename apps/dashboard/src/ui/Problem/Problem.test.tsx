import { expect, test } from '@jest/globals';
import { render, screen } from '@testing-library/react';
import { Problem } from './Problem.tsx';

test('a failure shows what the server said, each fault and the request id', () => {
  render(
    <Problem
      problem={{
        title: 'Invalid request',
        detail: 'The target cannot be saved.',
        requestId: 'req_42',
        faults: [{ pointer: '/url', detail: 'must be an http or https URL' }],
      }}
    />,
  );
  const text = screen.getByRole('alert').textContent;
  expect(text).toContain('The target cannot be saved.');
  expect(text).toContain('/url must be an http or https URL');
  expect(text).toContain('req_42');
});
