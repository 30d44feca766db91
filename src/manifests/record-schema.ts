import type { JSONSchemaProps } from 'kubernetes-types/apiextensions/v1.js';

/** kubernetes-types spells the extension keys of JSON Schema in camel case; the API does not. */
type Schema = Omit<JSONSchemaProps, 'properties' | 'items'> & {
  properties?: Record<string, Schema>;
  items?: Schema;
  'x-kubernetes-list-type'?: 'atomic' | 'map' | 'set';
  'x-kubernetes-list-map-keys'?: string[];
};

const text = (description: string, maxLength: number, more: Schema = {}): Schema => ({
  description,
  type: 'string',
  maxLength,
  ...more,
});

const KEY_ID: Schema = {
  description: 'Key id of the Secret’s line, 1 to 15.',
  type: 'integer',
  format: 'int32',
  minimum: 1,
  maximum: 15,
};

const count = (description: string): Schema => ({
  description,
  type: 'integer',
  format: 'int32',
  minimum: 0,
});

/** The two base64 forms below are of 32 bytes: an X25519 public key (RFC 7748) and a MAC. */
const BASE64_32_BYTES: Schema = { type: 'string', minLength: 44, maxLength: 44, format: 'byte' };

/** A list of objects merged by key id. */
const byKeyId = (
  description: string,
  properties: Record<string, Schema>,
  required: string[],
): Schema => ({
  description,
  type: 'array',
  maxItems: 15,
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': ['keyID'],
  items: {
    type: 'object',
    required: ['keyID', ...required],
    properties: { keyID: KEY_ID, ...properties },
  },
});

/** What the agent of a node says of itself. All but the MACs is covered by them. */
export const RECORD_SPEC: Schema = {
  description: 'What the agent of this node says to the agents of the others.',
  type: 'object',
  required: [
    'protocolVersion',
    'nodeUID',
    'nodeNumber',
    'type',
    'phase',
    'epoch',
    'revision',
    'generation',
  ],
  properties: {
    protocolVersion: {
      description:
        'Version of the record: 1 without the field wireguard, 2 with it. Agents refuse later ones than they know.',
      type: 'integer',
      format: 'int32',
      minimum: 1,
    },
    nodeUID: text('UID of the Node: a node replaced under the same name is another one.', 64, {
      minLength: 1,
    }),
    nodeNumber: {
      description: 'Number of the node, unique in the cluster: the lower 20 bits of its SPIs.',
      type: 'integer',
      format: 'int32',
      minimum: 1,
      maximum: 1048575,
    },
    type: text('How this node encrypts.', 16, { enum: ['ipsec', 'wireguard'] }),
    phase: text(
      'Enabling: pairs are being encrypted without loss. Enforced: some pair is encrypted, or about to be; whether every one is, the condition Encrypted says. Disabled: encryption is off.',
      16,
      { enum: ['Enabling', 'Enforced', 'Disabled'] },
    ),
    epoch: {
      description:
        'Grows whenever the node must take new keys. A record with an older one is refused.',
      type: 'integer',
      format: 'int64',
      minimum: 1,
    },
    revision: {
      description:
        'Grows with every record of an epoch: an older one of the same epoch is refused, too.',
      type: 'integer',
      format: 'int64',
      minimum: 1,
    },
    generation: {
      description: 'Goes up by one with each epoch; the SPIs of a pair carry the sum of both.',
      type: 'integer',
      format: 'int32',
      minimum: 0,
      maximum: 31,
    },
    addresses: {
      description:
        'The addresses of the node that peers can route to; the first is the tunnel’s end.',
      type: 'array',
      maxItems: 64,
      'x-kubernetes-list-type': 'atomic',
      // Formats, not CEL's isIP and isCIDR: Kubernetes 1.30 refuses those in a new definition.
      items: text('An IPv4 or IPv6 address.', 45, {
        anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }],
      }),
    },
    podPrefixes: {
      description: 'The prefixes of the pods on this node.',
      type: 'array',
      maxItems: 64,
      'x-kubernetes-list-type': 'atomic',
      items: {
        type: 'object',
        required: ['cidr', 'source'],
        properties: {
          cidr: text('The prefix.', 49, { format: 'cidr' }),
          source: text('Where the agent learned it, such as Node.spec.podCIDRs.', 64),
        },
      },
    },
    keys: byKeyId(
      'One public key for each key id that the node knows.',
      {
        algorithm: text('The algorithms of this key id, by the kernel’s names.', 128),
        publicKey: {
          ...BASE64_32_BYTES,
          description: 'X25519 public key (RFC 7748), base64 of 32 bytes.',
        },
      },
      ['algorithm', 'publicKey'],
    ),
    macs: byKeyId(
      'Proofs that the writer has the Secret: for each key id a MAC over everything but the MACs.',
      {
        check: {
          type: 'string',
          minLength: 12,
          maxLength: 12,
          format: 'byte',
          description: 'Names the key material without showing it, base64 of 8 bytes.',
        },
        mac: { ...BASE64_32_BYTES, description: 'The MAC, base64 of 32 bytes.' },
      },
      ['check', 'mac'],
    ),
    wireguard: {
      description:
        'The WireGuard devices of the node: one, or two while keys are rotated. Covered by the MACs.',
      type: 'array',
      maxItems: 2,
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['generation'],
      items: {
        type: 'object',
        required: ['generation', 'epoch', 'listenPort', 'publicKey'],
        properties: {
          generation: {
            description: 'Devices of the same generation talk to each other.',
            type: 'integer',
            format: 'int32',
            minimum: 1,
            maximum: 2147483647,
          },
          epoch: {
            description: 'Epoch of the node when it made the key of this device.',
            type: 'integer',
            format: 'int64',
            minimum: 1,
          },
          listenPort: {
            description: 'UDP port that the device listens on.',
            type: 'integer',
            format: 'int32',
            minimum: 1,
            maximum: 65535,
          },
          publicKey: {
            ...BASE64_32_BYTES,
            description: 'X25519 public key (RFC 7748), base64 of 32 bytes.',
          },
          keyID: {
            ...KEY_ID,
            description:
              'Key id of the Secret’s line that the PSKs of this device come from; absent for none.',
          },
        },
      },
    },
  },
};

/** For people and monitoring: what the agent of a node reports. */
export const RECORD_STATUS: Schema = {
  description: 'For people and monitoring; other agents do not act on it.',
  type: 'object',
  properties: {
    agentVersion: text('Version of the agent that wrote this.', 64),
    // A column shows the first value of a path with [*], but a list as a whole: hence these two.
    keyIDs: {
      description: 'The key ids of spec.keys, in ascending order, for kubectl get.',
      type: 'array',
      maxItems: 15,
      'x-kubernetes-list-type': 'atomic',
      items: KEY_ID,
    },
    podCIDRs: {
      description: 'The prefixes of spec.podPrefixes, for kubectl get.',
      type: 'array',
      maxItems: 64,
      'x-kubernetes-list-type': 'atomic',
      items: text('A prefix.', 49, { format: 'cidr' }),
    },
    currentKey: {
      description:
        'How far the node is with the key that it prefers: the last line of the Secret as it has read it. Absent while encryption is off.',
      type: 'object',
      required: ['keyID', 'isConfirmed', 'peers', 'confirmed', 'waitingFor'],
      properties: {
        keyID: KEY_ID,
        isConfirmed: {
          description:
            'The node has sent to each of its peers under this key. It stays true while this key is preferred.',
          type: 'boolean',
        },
        peers: count('Peers that the node encrypts with, when this was last said.'),
        confirmed: count('Of those, the ones that it sends to under this key.'),
        waitingFor: {
          description: 'Names of some that it does not send to under this key yet.',
          type: 'array',
          maxItems: 5,
          'x-kubernetes-list-type': 'atomic',
          items: text('A node.', 253),
        },
      },
    },
    observedGeneration: {
      description: 'Generation of the spec that the conditions are about.',
      type: 'integer',
      format: 'int64',
    },
    conditions: {
      description: 'Standard Kubernetes conditions.',
      type: 'array',
      maxItems: 32,
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['type'],
      items: {
        type: 'object',
        required: ['type', 'status', 'lastTransitionTime', 'reason', 'message'],
        properties: {
          type: text('Type of the condition, in CamelCase.', 316, { minLength: 1 }),
          status: text('Whether it holds.', 16, { enum: ['True', 'False', 'Unknown'] }),
          observedGeneration: {
            description: 'Generation that it is about.',
            type: 'integer',
            format: 'int64',
            minimum: 0,
          },
          lastTransitionTime: {
            description: 'When the status last changed.',
            type: 'string',
            format: 'date-time',
          },
          reason: text('Why, in one CamelCase word.', 1024, { minLength: 1 }),
          message: text('Why, for people.', 32768),
        },
      },
    },
  },
};
