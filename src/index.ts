/**
 * Podcloak as a library: cdk8s constructs that render it inside your own app.
 *
 * @packageDocumentation
 */
export { type Diagnostic, type ErrorCode, type Place, PodcloakError } from './errors/index.js';
export {
  AgentAdmission,
  AgentCleanup,
  AgentConfig,
  AgentDaemonSet,
  AgentMonitoring,
  AgentNamespace,
  AgentQuota,
  AgentRbac,
  EncryptionNodeCrd,
  IpsecSecret,
  KeyJob,
  Podcloak,
  RotationCronJob,
} from './manifests/index.js';
export type {
  AffinityValues,
  EncryptionValues,
  ImageValues,
  IpsecSecretValues,
  IpsecValues,
  MonitoringValues,
  NamespaceValues,
  PodcloakValues,
  PodMonitorValues,
  RbacValues,
  ResourceQuotaValues,
  ResourcesValues,
  RotationValues,
  ServiceAccountValues,
  StartupTaintValues,
  StrictEgressValues,
  StrictIngressValues,
  StrictModeValues,
  UpdateStrategyValues,
} from './values/index.js';
export { VERSION } from './version.js';
