import { parseArgs } from 'node:util';
import { renderNginx, type NginxMachine } from './lib/render-nginx.ts';

// Writes the configuration of nginx for a machine that is laid out otherwise than the files of nginx/ say:
//   node scripts/render-nginx.ts --to /etc/signalbox-nginx --upstream 127.0.0.1:9000 --listen-http 8080 --without-tls
const { values } = parseArgs({
  options: {
    to: { type: 'string' },
    user: { type: 'string' },
    state: { type: 'string' },
    'listen-http': { type: 'string' },
    'listen-https': { type: 'string' },
    certificate: { type: 'string' },
    key: { type: 'string' },
    'without-tls': { type: 'boolean' },
    upstream: { type: 'string', multiple: true },
    dashboard: { type: 'string' },
    'trusted-proxy': { type: 'string', multiple: true },
    'origin-secret': { type: 'string', multiple: true },
  },
});
if (values.to === undefined || (values.certificate === undefined) !== (values.key === undefined)) {
  console.error('Name the folder with --to; --certificate and --key go together.');
  process.exit(2);
}

const given = {
  user: values.user,
  stateFolder: values.state,
  listenHttp: values['listen-http'],
  listenHttps: values['listen-https'],
  certificate: certificateOf(values),
  upstreams: values.upstream,
  dashboardFolder: values.dashboard,
  trustedProxies: values['trusted-proxy'],
  originSecrets: values['origin-secret'],
};
const machine = Object.fromEntries(
  Object.entries(given).filter(([, value]) => value !== undefined),
) as NginxMachine;
console.log(await renderNginx(values.to, machine));

function certificateOf(options: typeof values): NginxMachine['certificate'] | undefined {
  if (options['without-tls'] === true) return null;
  const { certificate, key } = options;
  if (certificate === undefined || key === undefined) return undefined;
  return { certificateFile: certificate, keyFile: key };
}
