import { diagnostic, type ErrorCode, PodcloakError } from '../errors/index.js';
import type { KubeError } from '../kube/index.js';

/** The remedies of 5xx are for agents; whoever runs a command has others. */
const CODES: Readonly<Record<string, ErrorCode>> = {
  PC510: 'PC440',
  PC502: 'PC442',
  PC503: 'PC443',
};

/** What kept a person's command from the API server, as an error for that person. */
export function failureOf({ code, message }: KubeError): PodcloakError {
  return new PodcloakError([diagnostic(CODES[code] ?? 'PC441', message)]);
}

/** The API server neither answered nor failed while there was time. */
export function noAnswer(): PodcloakError {
  return new PodcloakError([diagnostic('PC441', 'it did not answer in time')]);
}

/** There are no records, nor will there be any before somebody installs Podcloak. */
export function notInstalled(): PodcloakError {
  return new PodcloakError([diagnostic('PC444', 'the API server knows no EncryptionNode')]);
}
