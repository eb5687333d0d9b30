import { useEffect, useState } from 'react';
import { useDispatch, useSelector } from 'react-redux';
import type { ApiProblem } from '../../api/problem.ts';
import { signIn } from '../../api/sign-in.ts';
import type { ApiDispatch, ApiState } from '../../api/store-types.ts';
import { formatDuration } from '../../lib/time.ts';
import { TextField } from '../../ui/Field/Field.tsx';
import { Form } from '../../ui/Form/Form.tsx';
import styles from './SignIn.module.css';

/** Adds what a person can do about a lock-out. */
function explain(problem: ApiProblem): ApiProblem {
  if (problem.retryAfterSeconds === null) return problem;
  const wait = formatDuration(problem.retryAfterSeconds * 1000);
  return { ...problem, detail: `${problem.detail} You can try again in ${wait}.` };
}

export function SignIn() {
  const dispatch = useDispatch<ApiDispatch>();
  const hasEnded = useSelector(
    (state: ApiState) => state.session.status === 'signed-out' && state.session.ended,
  );
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  useEffect(() => {
    document.title = 'Sign in · Signalbox';
  }, []);

  async function submit(): Promise<void> {
    setBusy(true);
    setProblem(null);
    const fault = await dispatch(signIn({ email, password }));
    setBusy(false);
    if (fault !== null) setProblem(explain(fault));
  }
  return (
    <main className={styles.page}>
      <div className={styles.box}>
        <div className={styles.brand}>
          <img src="/favicon.svg" alt="" width="32" height="32" />
          <h1>Sign in to Signalbox</h1>
        </div>
        {hasEnded && problem === null && (
          <p className={styles.note}>Your session has ended. Sign in to go on where you were.</p>
        )}
        <Form
          label="Sign in"
          submitLabel="Sign in"
          isBusy={isBusy}
          problem={problem}
          onSubmit={() => void submit()}
        >
          <TextField
            label="E-mail"
            type="email"
            autoComplete="username"
            value={email}
            onChange={setEmail}
            isRequired
          />
          <TextField
            label="Password"
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
            isRequired
          />
        </Form>
      </div>
    </main>
  );
}
