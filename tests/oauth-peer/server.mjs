// An OAuth server that others wrote (npm oidc-provider, OpenID certified), under the addresses that Grantway's sign-in
// client expects of a Microsoft cloud. It shares no line with the client or with the practice cloud, so it finds
// mistakes that those two would make together.
//
// Prints one line of JSON when it listens, and ends when its standard input closes.

import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';

import Provider from 'oidc-provider';

const TENANT = '6f1d2b1e-5a44-4b63-9d6c-0f6b6f0a7c01';
const CLIENT = 'c0a80101-7d1b-4a52-8a6e-2f3d4c5b6a70';
// The public client's one redirect; for a loopback address the port does not count.
const REDIRECT = 'http://localhost/cb/peer';
// What the client may ask for beside OpenID's own scopes.
const SCOPES = ['openid', 'offline_access', 'profile', 'email', 'User.Read', 'Directory.Read.All'];

const server = createServer();
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const login = `http://127.0.0.1:${server.address().port}`;
const issuer = `${login}/${TENANT}/v2.0`;

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: CLIENT,
      application_type: 'native',
      token_endpoint_auth_method: 'none',
      redirect_uris: [REDIRECT],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    },
  ],
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'peer', use: 'sig', alg: 'RS256' }] },
  cookies: { keys: ['only-for-this-run'] },
  pkce: { required: () => true },
  scopes: SCOPES,
  claims: { openid: ['sub', 'oid', 'tid', 'preferred_username', 'ver'], profile: ['name'], email: ['email'] },
  // Claims go into the id_token itself, as Microsoft puts them.
  conformIdTokenClaims: false,
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({ sub: id, oid: objectId(id), tid: TENANT, preferred_username: id, name: id, email: id, ver: '2.0' }),
  }),
  // offline_access is dropped unless the page asks for consent; this client may keep a refresh token all the same.
  issueRefreshToken: async (_context, client) => client.grantTypeAllowed('refresh_token'),
  rotateRefreshToken: true,
  features: { devInteractions: { enabled: true } },
  ttl: { AccessToken: 3600, AuthorizationCode: 60, Grant: 3600, IdToken: 3600, Interaction: 3600, RefreshToken: 3600, Session: 3600 },
  routes: {
    authorization: `/${TENANT}/oauth2/v2.0/authorize`,
    token: `/${TENANT}/oauth2/v2.0/token`,
    jwks: `/${TENANT}/discovery/v2.0/keys`,
  },
});

const answer = provider.callback();
const discovery = '/.well-known/openid-configuration';
server.on('request', (request, response) => {
  // A multi-tenant address leads to the one tenant that lives here, as `organizations` does at Microsoft.
  request.url = request.url.replace(/^\/organizations\//, `/${TENANT}/`);
  if (request.url === `/${TENANT}/v2.0${discovery}`) {
    request.url = discovery;
  }
  answer(request, response);
});

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
process.stdout.write(`${JSON.stringify({ login, issuer, tenant: TENANT, client_id: CLIENT, redirect: REDIRECT })}\n`);

// An account's object id: a GUID made of its name, so that the same account has the same id in each run.
function objectId(name) {
  const digits = Buffer.from(name.padEnd(16, '.')).toString('hex').slice(0, 32);
  return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');
}
