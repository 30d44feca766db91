import type { Group } from '../command.js';
import { createKeys } from './keys-create.js';
import { revokeKey } from './keys-revoke.js';
import { rotateKeys } from './keys-rotate.js';
import { keysStatus } from './keys-status.js';
import { verifyKeys } from './keys-verify.js';

export const keys: Group = {
  name: 'keys',
  summary: 'Make, change and check the keys that the agents derive all others from.',
  description: [
    'Commands for the Secret of key lines. Each line is a pre-shared key with an id; the agents derive',
    'the keys of every tunnel from it.',
  ].join('\n'),
  entries: [createKeys, rotateKeys, revokeKey, keysStatus, verifyKeys],
};
