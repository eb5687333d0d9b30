import { fieldsOf, type FieldsProps } from '../../lib/fields-of.ts';
import { FieldRow, SelectField, TextField } from '../../ui/Field/Field.tsx';
import type { TargetForm } from './target-form.ts';

const AUTHS = [
  ['none', 'None, only the signature'],
  ['basic', 'Basic'],
  ['bearer', 'Bearer token'],
  ['header', 'A header of its own'],
  ['oauth2', 'OAuth 2.0 client credentials'],
] as const;
const CLIENT_AUTHENTICATIONS = [
  ['client_secret_basic', 'In a Basic header'],
  ['client_secret_post', 'In the form'],
] as const;
const NAMES = { basic: 'User name', header: 'Header name', oauth2: 'Client id' } as const;
const SECRETS = {
  basic: 'Password',
  bearer: 'Secret',
  header: 'Secret',
  oauth2: 'Client secret',
} as const;

/** How the gateway shows the target who it is, besides the signature. */
export function AuthFields(props: FieldsProps<TargetForm> & { hasSecret: boolean }) {
  const { form, faultOf, hasSecret } = props;
  const { authType } = form;
  const field = fieldsOf(props);
  return (
    <>
      <FieldRow>
        <SelectField label="Authentication" {...field('authType')} options={AUTHS} />
        {authType !== 'none' && authType !== 'bearer' && (
          <TextField
            label={NAMES[authType]}
            {...field('authName', authType === 'oauth2' ? '/auth/clientId' : '/auth')}
          />
        )}
        {authType !== 'none' && (
          <TextField
            label={SECRETS[authType]}
            type="password"
            autoComplete="new-password"
            hint={hasSecret ? 'Empty: the stored one stays.' : undefined}
            {...field('authSecret')}
            fault={authType === 'oauth2' ? faultOf('/auth/clientSecret') : undefined}
          />
        )}
      </FieldRow>
      {authType === 'oauth2' && <OAuth2Fields {...props} />}
    </>
  );
}

function OAuth2Fields(props: FieldsProps<TargetForm>) {
  const field = fieldsOf(props);
  return (
    <>
      <FieldRow>
        <TextField
          label="Token URL"
          type="url"
          placeholder="https://login.example.com/oauth/token"
          {...field('tokenUrl', '/auth/tokenUrl')}
        />
        <SelectField
          label="Secret is sent"
          {...field('clientAuthentication')}
          options={CLIENT_AUTHENTICATIONS}
        />
      </FieldRow>
      <FieldRow>
        <TextField
          label="Scope"
          hint="Separated by spaces. Empty: what the endpoint gives by itself."
          {...field('scope', '/auth/scope')}
        />
        <TextField label="Audience" {...field('audience', '/auth/audience')} />
      </FieldRow>
    </>
  );
}
