import { describe, expect, it } from 'vitest';
import { AuthenticationAppSettings } from './configuration.ts';

const ISSUER = 'https://auth.example/api/realms/main';
const WHOLE = {
  KOSHU_MODE: 'production',
  OIDC_ISSUER: ISSUER,
  OIDC_CLIENT_ID: 'RP1',
  OIDC_PRIVATE_KEY_FILE: '/secrets/client.pem',
  OIDC_PRIVATE_KEY_ID: 'key-1',
};
const faultsOf = (environment: Record<string, string>) =>
  AuthenticationAppSettings.safeParse(environment).error?.issues.map(
    ({ path, message }) => `${path.join('.')} ${message}`,
  ) ?? [];

describe('the settings of the authentication app', () => {
  it('may be left out, also as empty lines', () => {
    expect(AuthenticationAppSettings.parse({})).toBeNull();
    expect(AuthenticationAppSettings.parse({ OIDC_ISSUER: '', OIDC_CLIENT_ID: '' })).toBeNull();
  });

  it('know where the addresses are, and take others', () => {
    expect(AuthenticationAppSettings.parse(WHOLE)).toMatchObject({
      issuer: ISSUER,
      tokenEndpoint: `${ISSUER}/protocol/openid-connect/token`,
      jwksEndpoint: `${ISSUER}/protocol/openid-connect/certs`,
      idTokenAlgorithm: 'ES256',
      acrValues: [],
      env: 'production',
    });
    const other = {
      ...WHOLE,
      OIDC_TOKEN_ENDPOINT: 'https://other.example/token',
      OIDC_ACR_VALUES: 'aal3 crl',
    };
    expect(AuthenticationAppSettings.parse(other)).toMatchObject({
      tokenEndpoint: 'https://other.example/token',
      acrValues: ['aal3', 'crl'],
    });
  });

  it('are taken whole or not at all, and name what is missing', () => {
    expect(faultsOf({ OIDC_ISSUER: ISSUER, OIDC_CLIENT_ID: 'RP1' })).toEqual([
      'OIDC_PRIVATE_KEY_FILE is missing, although OIDC_ISSUER is set',
      'OIDC_PRIVATE_KEY_ID is missing, although OIDC_ISSUER is set',
    ]);
    expect(faultsOf({ OIDC_CLIENT_ID: 'RP1' })).toEqual([
      'OIDC_ISSUER is missing, although OIDC_CLIENT_ID is set',
    ]);
  });

  it('let no connection through that others can read, but to this machine in a demo', () => {
    const loopback = { ...WHOLE, OIDC_ISSUER: 'http://127.0.0.1:9000/api/realms/main' };
    expect(faultsOf(loopback)).toEqual(['OIDC_ISSUER must be https']);
    expect(faultsOf({ ...loopback, KOSHU_MODE: 'demo' })).toEqual([]);
    expect(faultsOf({ ...loopback, KOSHU_MODE: 'demo', OIDC_ISSUER: 'http://auth.example' })).not.toEqual([]);
    expect(faultsOf({ ...WHOLE, OIDC_JWKS_ENDPOINT: 'http://auth.example/certs' })).toEqual([
      'OIDC_JWKS_ENDPOINT must be https',
    ]);
  });

  it('let no test provider into production, unless it is a rehearsal', () => {
    const rehearsal = { ...WHOLE, OIDC_ENV: 'test' };
    expect(faultsOf(rehearsal)).toHaveLength(1);
    expect(faultsOf({ ...rehearsal, KOSHU_MODE: '' })).toHaveLength(1);
    expect(faultsOf({ ...rehearsal, ALLOW_TEST_CARDS: '1' })).toEqual([]);
    expect(faultsOf({ ...rehearsal, KOSHU_MODE: 'demo' })).toEqual([]);
  });

  it.each([
    ['OIDC_ISSUER', 'auth.example'],
    ['OIDC_ENV', 'sandbox'],
    ['OIDC_ID_TOKEN_ALG', 'none'],
    ['OIDC_ID_TOKEN_ALG', 'HS256'],
    ['OIDC_PRIVATE_KEY_ALG', 'HS256'],
    ['OIDC_ACR_VALUES', 'aal3  crl'],
  ])('refuse %s=%s', (name, value) => {
    expect(faultsOf({ ...WHOLE, [name]: value }).join()).toContain(name);
  });
});
