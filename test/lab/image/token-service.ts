// The other half of a registry's token authentication, as its specification describes it: whoever knows
// the password gets a token that says what they may do, signed with a key that the registry trusts.
import { createPrivateKey, randomUUID, sign, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { freePorts, randomLoopback } from '../loopback.js';
import { runOrThrow } from '../run.js';

const ISSUER = 'podcloak-lab';
const SERVICE = 'podcloak-registry';

export interface TokenService {
  /** The `auth` part of the registry's configuration. */
  readonly auth: object;
  /** A token for these actions. */
  readonly token: (repository: string, actions: readonly string[]) => string;
  readonly stop: () => Promise<void>;
}

/** @param password of the user `pusher` */
export async function startTokenService(folder: string, password: string): Promise<TokenService> {
  const keyFile = join(folder, 'token.key');
  const certificateFile = join(folder, 'token.crt');
  const subject = ['-subj', `/CN=${ISSUER}`, '-days', '2', '-nodes'];
  const files = ['-keyout', keyFile, '-out', certificateFile];
  await runOrThrow('openssl', ['req', '-x509', '-newkey', 'rsa:2048', ...subject, ...files]);
  const key = createPrivateKey(readFileSync(keyFile));
  const x5c = new X509Certificate(readFileSync(certificateFile)).raw.toString('base64');

  const token: TokenService['token'] = (name, actions) => {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: ISSUER,
      sub: 'pusher',
      aud: SERVICE,
      exp: now + 600,
      nbf: now - 600,
      iat: now,
      jti: randomUUID(),
      access: [{ type: 'repository', name, actions }],
    };
    const part = (value: object): string =>
      Buffer.from(JSON.stringify(value)).toString('base64url');
    const text = `${part({ typ: 'JWT', alg: 'RS256', x5c: [x5c] })}.${part(claims)}`;
    return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
  };

  const expected = `Basic ${Buffer.from(`pusher:${password}`).toString('base64')}`;
  const server = createServer(({ headers, url = '' }, response) => {
    const query = new URL(url, 'http://localhost').searchParams;
    const [, name = '', actions = ''] = query.get('scope')?.split(':') ?? [];
    // Anyone may ask, and gets a token that allows nothing, as from Docker Hub.
    const allowed =
      headers.authorization === expected && query.get('service') === SERVICE
        ? actions.split(',')
        : [];
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ token: token(name, allowed) }));
  });
  const address = randomLoopback();
  const [port] = await freePorts(address, 1);
  server.listen(port, address);
  await once(server, 'listening');
  const realm = `http://${address}:${port}/token`;
  return {
    auth: {
      token: { realm, service: SERVICE, issuer: ISSUER, rootcertbundle: certificateFile },
    },
    token,
    stop: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}
