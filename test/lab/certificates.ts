import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runOrThrow } from './run.js';
import { requiredTool } from './tools.js';

/** Paths of PEM files. */
export interface ControlPlaneKeys {
  readonly ca: string;
  /** kube-apiserver's serving certificate and key. */
  readonly certificate: string;
  readonly key: string;
  /** With which it shows kubelets who it is; a member of system:masters. */
  readonly clientCertificate: string;
  readonly clientKey: string;
  /** The key that service account tokens are signed with. */
  readonly serviceAccounts: string;
}

/** Extensions are spelt out, as those of a system's own openssl.cnf differ. */
const config = (addresses: readonly string[]) => `[req]
distinguished_name = dn
[dn]
[ca]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[client]
basicConstraints = CA:FALSE
extendedKeyUsage = clientAuth
authorityKeyIdentifier = keyid
[server]
basicConstraints = CA:FALSE
extendedKeyUsage = serverAuth
subjectAltName = ${addresses.map((address) => `IP:${address}`).join(', ')}, DNS:localhost, DNS:kubernetes.default.svc
authorityKeyIdentifier = keyid
`;

/** Make a CA and what the servers need, in the folder. Elliptic curves, as RSA keys take long. */
export async function makeKeys(
  dir: string,
  addresses: readonly string[],
): Promise<ControlPlaneKeys> {
  const path = (file: string): string => join(dir, file);
  writeFileSync(path('openssl.cnf'), config(addresses));
  const request = (file: string, name: string, ...rest: string[]): Promise<string> =>
    runOrThrow(requiredTool('openssl'), [
      ...['req', '-x509', '-days', '30', '-config', path('openssl.cnf'), '-subj', `/CN=${name}`],
      ...['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-keyout', path(`${file}.key`), '-out', path(`${file}.crt`), ...rest],
    ]);
  await request('ca', 'podcloak-lab-ca', '-extensions', 'ca');
  const signer = ['-CA', path('ca.crt'), '-CAkey', path('ca.key')];
  await request('server', 'kube-apiserver', '-extensions', 'server', ...signer);
  const masters = 'kube-apiserver/O=system:masters';
  await request('client', masters, '-extensions', 'client', ...signer);

  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  // SEC 1, as kube-apiserver does not take the public half out of a PKCS #8 file.
  const pem = privateKey.export({ type: 'sec1', format: 'pem' });
  writeFileSync(path('service-accounts.key'), pem, { mode: 0o600 });
  return {
    ca: path('ca.crt'),
    certificate: path('server.crt'),
    key: path('server.key'),
    clientCertificate: path('client.crt'),
    clientKey: path('client.key'),
    serviceAccounts: path('service-accounts.key'),
  };
}
