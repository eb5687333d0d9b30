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

interface Props {
  form: TargetForm;
  onChange: (form: TargetForm) => void;
  faultOf: (pointer: string) => string | undefined;
}

/** How the gateway shows the target who it is, besides the signature. */
export function AuthFields(props: Props & { hasSecret: boolean }) {
  const { form, onChange, faultOf, hasSecret } = props;
  const { authType } = form;
  return (
    <>
      <FieldRow>
        <SelectField
          label="Authentication"
          value={authType}
          options={AUTHS}
          onChange={(value) => {
            onChange({ ...form, authType: value });
          }}
        />
        {authType !== 'none' && authType !== 'bearer' && (
          <TextField
            label={NAMES[authType]}
            value={form.authName}
            onChange={(authName) => {
              onChange({ ...form, authName });
            }}
            fault={authType === 'oauth2' ? faultOf('/auth/clientId') : faultOf('/auth')}
          />
        )}
        {authType !== 'none' && (
          <TextField
            label={SECRETS[authType]}
            type="password"
            autoComplete="new-password"
            hint={hasSecret ? 'Empty: the stored one stays.' : undefined}
            value={form.authSecret}
            onChange={(authSecret) => {
              onChange({ ...form, authSecret });
            }}
            fault={authType === 'oauth2' ? faultOf('/auth/clientSecret') : undefined}
          />
        )}
      </FieldRow>
      {authType === 'oauth2' && <OAuth2Fields form={form} onChange={onChange} faultOf={faultOf} />}
    </>
  );
}

function OAuth2Fields({ form, onChange, faultOf }: Props) {
  return (
    <>
      <FieldRow>
        <TextField
          label="Token URL"
          type="url"
          placeholder="https://login.example.com/oauth/token"
          value={form.tokenUrl}
          onChange={(tokenUrl) => {
            onChange({ ...form, tokenUrl });
          }}
          fault={faultOf('/auth/tokenUrl')}
        />
        <SelectField
          label="Secret is sent"
          value={form.clientAuthentication}
          options={CLIENT_AUTHENTICATIONS}
          onChange={(clientAuthentication) => {
            onChange({ ...form, clientAuthentication });
          }}
        />
      </FieldRow>
      <FieldRow>
        <TextField
          label="Scope"
          hint="Separated by spaces. Empty: what the endpoint gives by itself."
          value={form.scope}
          onChange={(scope) => {
            onChange({ ...form, scope });
          }}
          fault={faultOf('/auth/scope')}
        />
        <TextField
          label="Audience"
          value={form.audience}
          onChange={(audience) => {
            onChange({ ...form, audience });
          }}
          fault={faultOf('/auth/audience')}
        />
      </FieldRow>
    </>
  );
}
