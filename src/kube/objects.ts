import type { Config, NodeIdentity, NodeRecord, OwnNode, WrittenRecord } from './cluster.js';
import { unexpected } from './kube-error.js';
import type { SecretWriter, StoredSecret } from './secrets.js';

/**
 * Readers of the API's JSON, which keep what the agent needs and nothing else. Each throws a KubeError
 * (PC509) on an object that is not of the API's form: it may not be of the API server at all.
 */
type Fields = Readonly<Record<string, unknown>>;

/** A map; an absent one is empty, as Go leaves empty fields out. */
function map(value: unknown, where: string): Fields {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw unexpected(`${where} is not a map`);
  return value as Fields;
}

function list(value: unknown, where: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw unexpected(`${where} is not a list`);
  return value;
}

function text(value: unknown, where: string): string {
  if (typeof value !== 'string' || value === '') throw unexpected(`${where} is not a string`);
  return value;
}

function texts(value: unknown, where: string): Record<string, string> {
  const entries = Object.entries(map(value, where));
  if (entries.some(([, one]) => typeof one !== 'string')) {
    throw unexpected(`${where} holds something else than strings`);
  }
  return Object.fromEntries(entries) as Record<string, string>;
}

function metadataOf(object: unknown): Fields {
  return map(map(object, 'the object').metadata, 'metadata');
}

export function readIdentity(object: unknown): NodeIdentity {
  const { name, uid } = metadataOf(object);
  return { name: text(name, 'metadata.name'), uid: text(uid, 'metadata.uid') };
}

export function readOwnNode(object: unknown): OwnNode {
  const { spec, status } = map(object, 'the Node');
  const { podCIDR, podCIDRs, taints } = map(spec, 'spec');
  const cidrs = list(podCIDRs, 'spec.podCIDRs').map((one) => text(one, 'spec.podCIDRs[]'));
  const single = podCIDR === undefined || podCIDR === '' ? [] : [text(podCIDR, 'spec.podCIDR')];
  const addresses = list(map(status, 'status').addresses, 'status.addresses').map((one) => {
    const { type, address } = map(one, 'status.addresses[]');
    return {
      type: text(type, 'status.addresses[].type'),
      address: text(address, 'status.addresses[].address'),
    };
  });
  return {
    ...readIdentity(object),
    labels: texts(metadataOf(object).labels, 'metadata.labels'),
    podCIDRs: cidrs.length > 0 ? cidrs : single,
    taints: list(taints, 'spec.taints').map((one) =>
      text(map(one, 'spec.taints[]').key, 'spec.taints[].key'),
    ),
    addresses,
  };
}

export function readRecord(object: unknown): NodeRecord {
  const { spec, status } = map(object, 'the record');
  const { resourceVersion, generation, ownerReferences } = metadataOf(object);
  const owner = list(ownerReferences, 'metadata.ownerReferences')
    .map((one) => map(one, 'metadata.ownerReferences[]'))
    .find(({ apiVersion, kind }) => apiVersion === 'v1' && kind === 'Node');
  const { observedGeneration } = map(status, 'status');
  return {
    ...readIdentity(object),
    resourceVersion: text(resourceVersion, 'metadata.resourceVersion'),
    generation: typeof generation === 'number' ? generation : 0,
    ...(owner === undefined ? {} : { ownerUID: text(owner.uid, 'metadata.ownerReferences[].uid') }),
    spec,
    ...(typeof observedGeneration === 'number' ? { observedGeneration } : {}),
  };
}

export function readWrittenRecord(object: unknown): WrittenRecord {
  const { status } = map(object, 'the record');
  return { ...readRecord(object), ...(status === undefined ? {} : { status }) };
}

export function readConfig(object: unknown): Config {
  const { resourceVersion } = metadataOf(object);
  return {
    name: readIdentity(object).name,
    resourceVersion: text(resourceVersion, 'metadata.resourceVersion'),
    data: texts(map(object, 'the ConfigMap').data, 'data'),
  };
}

/** Who owns which fields of an object (`metadata.managedFields`), each entry as it is. */
export function readManagedFields(object: unknown): readonly Fields[] {
  const where = 'metadata.managedFields';
  return list(metadataOf(object).managedFields, where).map((one) => map(one, `${where}[]`));
}

export function readSecret(object: unknown): StoredSecret {
  const { type, data } = map(object, 'the Secret');
  const { name, namespace, resourceVersion, labels, annotations, managedFields } =
    metadataOf(object);
  return {
    name: text(name, 'metadata.name'),
    namespace: text(namespace, 'metadata.namespace'),
    resourceVersion: text(resourceVersion, 'metadata.resourceVersion'),
    type: typeof type === 'string' && type !== '' ? type : 'Opaque',
    labels: texts(labels, 'metadata.labels'),
    annotations: texts(annotations, 'metadata.annotations'),
    data: texts(data, 'data'),
    writers: list(managedFields, 'metadata.managedFields').map(readWriter),
  };
}

function readWriter(entry: unknown): SecretWriter {
  const { manager, operation, time, fieldsV1 } = map(entry, 'metadata.managedFields[]');
  const fields = map(map(fieldsV1, 'fieldsV1')['f:data'], 'f:data');
  return {
    manager: typeof manager === 'string' ? manager : '',
    applies: operation === 'Apply',
    ...(typeof time === 'string' ? { time } : {}),
    dataKeys: Object.keys(fields).flatMap((key) => (key.startsWith('f:') ? [key.slice(2)] : [])),
  };
}

/** A page of a list, but for its items. */
export interface Page {
  readonly resourceVersion: string;
  /** Asks for the next page; empty on the last. */
  readonly next: string;
}

/**
 * What is not unmistakably a list of the API must not pass for an empty one.
 *
 * @param body without its items, which were handed over before
 * @throws KubeError PC509
 */
export function readPage(body: unknown): Page {
  const { kind, metadata, items } = map(body, 'the list');
  if (typeof kind !== 'string' || !kind.endsWith('List')) throw unexpected('it is not a list');
  if (items !== null && !(Array.isArray(items) && items.length === 0)) {
    throw unexpected('a list without items');
  }
  const { resourceVersion, continue: next } = map(metadata, 'metadata');
  return {
    resourceVersion: text(resourceVersion, 'metadata.resourceVersion'),
    next: typeof next === 'string' ? next : '',
  };
}

/** One line of a watch. */
export interface WatchEvent {
  readonly type: string;
  readonly object: unknown;
}

/** @throws KubeError PC509 */
export function readEvent(line: string): WatchEvent {
  let event: unknown;
  try {
    event = JSON.parse(line);
  } catch {
    // The parser's words quote the line.
    throw unexpected('a watch event that is not JSON');
  }
  const { type, object } = map(event, 'a watch event');
  return { type: text(type, 'type of a watch event'), object };
}

/** The version that a bookmark, or any object, is of. */
export function versionOf(object: unknown): string {
  return text(metadataOf(object).resourceVersion, 'metadata.resourceVersion');
}
