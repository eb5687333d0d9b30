import { describe, expect, test } from '@jest/globals';
import { describeConfig, readConfig } from './config.ts';

describe('readConfig', () => {
  test('an empty environment gives the settings of a laptop', () => {
    const config = readConfig({});
    expect(config).toMatchObject({
      port: 8080,
      host: '127.0.0.1',
      publicUrl: null,
      logLevel: 'info',
    });
    expect(config.databaseFile).toBe(`${config.dataDir}/signalbox.db`);
    expect(config.allowTargetCidrs).toEqual(['127.0.0.0/8', '::1/128']);
  });

  test('one message names every mistake', () => {
    const environment = {
      PORT: '80a',
      LOG_LEVEL: 'loud',
      ADMIN_PASSWORD: 'short',
      ALLOW_TARGET_CIDRS: '10.0.0.0',
    };
    expect(() => readConfig(environment)).toThrow(/4 mistakes/);
    for (const name of Object.keys(environment)) {
      expect(() => readConfig(environment)).toThrow(new RegExp(`${name}: `));
    }
  });

  test('an empty value counts as unset', () => {
    expect(readConfig({ PORT: '', HOST: '  ' })).toMatchObject({ port: 8080, host: '127.0.0.1' });
  });

  test('a port beyond the range is refused', () => {
    expect(() => readConfig({ PORT: '65536' })).toThrow('PORT: must be from 0 to 65535');
  });

  test('a database that is neither a file nor PostgreSQL is refused with what to do', () => {
    expect(() => readConfig({ DATABASE_URL: 'mysql://localhost/x' })).toThrow(
      /DATABASE_URL: must be file:.* or postgres:/,
    );
  });

  test('the URL of a PostgreSQL database is a secret', () => {
    const config = readConfig({ DATABASE_URL: 'postgres://me:secret@db:5432/signalbox' });
    expect(config.postgresUrl).toBe('postgres://me:secret@db:5432/signalbox');
    expect(JSON.stringify(describeConfig(config))).not.toContain('secret@');
  });

  test.each([
    ['reached from other machines', { HOST: '0.0.0.0' }],
    ['behind a proxy', { TRUST_PROXY: '1' }],
    ['published under a URL', { PUBLIC_URL: 'https://events.example.com' }],
  ])('a gateway %s refuses loopback targets unless told otherwise', (_, environment) => {
    expect(readConfig(environment).allowTargetCidrs).toEqual([]);
    const allowed = readConfig({ ...environment, ALLOW_TARGET_CIDRS: '127.0.0.0/8, fd00::/8' });
    expect(allowed.allowTargetCidrs).toEqual(['127.0.0.0/8', 'fd00::/8']);
  });

  test('"none" refuses loopback targets on a laptop too', () => {
    expect(readConfig({ ALLOW_TARGET_CIDRS: 'none' }).allowTargetCidrs).toEqual([]);
  });

  test('the public URL loses its last slash', () => {
    expect(readConfig({ PUBLIC_URL: 'https://x.example/' }).publicUrl).toBe('https://x.example');
  });
});

describe('describeConfig', () => {
  test('secrets are only said to be set or not set', () => {
    const described = describeConfig(readConfig({ ADMIN_PASSWORD: 'correct horse battery' }));
    expect(described).toMatchObject({ adminPassword: 'set', sealingKeys: 'not set', port: 8080 });
    expect(JSON.stringify(described)).not.toContain('horse');
  });
});
