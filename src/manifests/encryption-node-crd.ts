import { Construct } from 'constructs';
import type {
  CustomResourceColumnDefinition,
  CustomResourceDefinition,
  JSONSchemaProps,
} from 'kubernetes-types/apiextensions/v1.js';
import type { PodcloakValues } from '../values/index.js';
import { objectMeta } from './identity.js';
import { API_GROUP, API_VERSION, NAME } from './names.js';
import { clusterScoped, object } from './objects.js';
import { RECORD_SPEC, RECORD_STATUS } from './record-schema.js';
import { checkedValues } from './values.js';

const COLUMNS: CustomResourceColumnDefinition[] = [
  { name: 'Type', type: 'string', jsonPath: '.spec.type' },
  { name: 'Phase', type: 'string', jsonPath: '.spec.phase' },
  { name: 'Ready', type: 'string', jsonPath: ".status.conditions[?(@.type=='Ready')].status" },
  { name: 'Key IDs', type: 'string', jsonPath: '.status.keyIDs' },
  { name: 'Address', type: 'string', jsonPath: '.spec.addresses[0]' },
  { name: 'Pod CIDRs', type: 'string', jsonPath: '.status.podCIDRs', priority: 1 },
  { name: 'Epoch', type: 'integer', jsonPath: '.spec.epoch', priority: 1 },
  { name: 'Version', type: 'string', jsonPath: '.status.agentVersion', priority: 1 },
  { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
];

/**
 * The definition of `EncryptionNode`, the record through which agents find each other: one for each
 * node, under the node's name.
 *
 * @example
 *   new EncryptionNodeCrd(chart, 'crd');
 */
export class EncryptionNodeCrd extends Construct {
  constructor(scope: Construct, id: string, values: PodcloakValues = {}) {
    super(scope, id);
    const all = checkedValues(this, values);
    const crd = object<CustomResourceDefinition>(this, 'Default', {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: objectMeta(all, { name: `encryptionnodes.${API_GROUP}` }),
      spec: {
        group: API_GROUP,
        scope: 'Cluster',
        names: {
          kind: 'EncryptionNode',
          listKind: 'EncryptionNodeList',
          plural: 'encryptionnodes',
          singular: 'encryptionnode',
          shortNames: ['encnode'],
          categories: [NAME],
        },
        versions: [
          {
            name: API_VERSION,
            served: true,
            storage: true,
            subresources: { status: {} },
            additionalPrinterColumns: COLUMNS,
            schema: {
              openAPIV3Schema: {
                description: 'The encryption of one node’s pod traffic, as its agent announces it.',
                type: 'object',
                required: ['spec'],
                properties: {
                  apiVersion: { type: 'string' },
                  kind: { type: 'string' },
                  metadata: { type: 'object' },
                  spec: RECORD_SPEC,
                  status: RECORD_STATUS,
                } as Record<string, JSONSchemaProps>,
              },
            },
          },
        ],
      },
    });
    clusterScoped(crd);
  }
}
