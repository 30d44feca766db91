import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { ServiceAccount } from 'kubernetes-types/core/v1.js';
import type { PolicyRule } from 'kubernetes-types/rbac/v1.js';
import type { MergedPodcloakValues } from '../values/index.js';
import { objectMeta } from './identity.js';
import { object } from './objects.js';

/**
 * The account of a pod of ours that is no agent. It is there also without rbac.create: whoever makes the roles
 * gives the rights to it.
 */
export function keysAccount(
  scope: Construct,
  all: MergedPodcloakValues,
  place: { readonly name: string; readonly namespace: string },
): ApiObject {
  return object<ServiceAccount>(scope, 'service-account', {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: objectMeta(all, place),
    automountServiceAccountToken: false,
  });
}

/**
 * To read and replace the one Secret. `create` cannot be limited to a name: with it any Secret of the namespace
 * could be made, a token of any ServiceAccount among them. Whoever may patch an object is answered with it, so
 * that `get` adds nothing.
 */
export function secretRule(name: string): PolicyRule {
  return {
    apiGroups: [''],
    resources: ['secrets'],
    resourceNames: [name],
    verbs: ['get', 'patch'],
  };
}
