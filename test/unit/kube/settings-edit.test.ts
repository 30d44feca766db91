import { describe, expect, it } from 'vitest';
import { withoutOurs } from '../../../src/kube/settings-edit.js';

const ours = { manager: 'podcloak-disable', operation: 'Update', fieldsV1: { 'f:data': {} } };
const helm = { manager: 'helm', operation: 'Apply', fieldsV1: { 'f:data': {} } };
const config = (...managedFields: object[]) => ({
  metadata: { name: 'podcloak', uid: 'u', resourceVersion: '7', managedFields },
});

describe('letting go of a field that was set', () => {
  it('takes out our entry alone, of the very version that was read', () => {
    expect(withoutOurs(config(helm, ours))).toEqual([
      { op: 'add', path: '/metadata/resourceVersion', value: '7' },
      { op: 'replace', path: '/metadata/managedFields', value: [helm] },
    ]);
  });

  it('has nothing to do where there is no entry of ours', () => {
    expect(withoutOurs(config(helm))).toBeUndefined();
  });

  it('leaves the last entry, as the API server ignores an empty list', () => {
    expect(withoutOurs(config(ours))).toBeUndefined();
  });
});
