import { KEY_ALGORITHMS } from '../key-lines/index.js';
import type { Option } from './command.js';

/** What a new key line is for. */
export function algorithmOption(name: string, otherwise: string): Option {
  return {
    name,
    value: 'NAME',
    offer: KEY_ALGORITHMS,
    summary: [
      'rfc4106-gcm-aes (AES-128-GCM), gcm-256 (AES-256-GCM), cbc-aes-sha256 or cbc-aes-sha512',
      `(AES-256-CBC with HMAC), chacha20-poly1305. Default: ${otherwise}.`,
    ].join(' '),
  };
}
