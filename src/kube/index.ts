/** The edge to the API server: what agents watch and write there, and people's commands read; plain data. */
export type {
  Cluster,
  ClusterEvent,
  Config,
  Listener,
  NodeAddress,
  NodeIdentity,
  NodeRecord,
  OwnNode,
  RecordOwnerNode,
  Watching,
  WrittenRecord,
} from './cluster.js';
export { type ConnectOptions, connectCluster } from './connect.js';
export type { CredentialOptions } from './credentials.js';
export {
  type CronJobEvents,
  type CronJobPlace,
  openCronJobEvents,
  type RunEvent,
} from './cron-job-events.js';
export { type ApplyOptions, type DryRun, type KubeObject, openDryRun } from './dry-run.js';
export { type FieldConflict, type KubeCode, KubeError } from './kube-error.js';
export type { WatchPace } from './list-watch.js';
export { mayPass, onceAKind, type Persistence, persistently } from './persistent.js';
export {
  isOwnWriter,
  openSecrets,
  type SecretChange,
  type Secrets,
  type SecretWriter,
  type StoredSecret,
} from './secrets.js';
export { type ConfigPlace, openSettingsEdit, type SettingsEdit } from './settings-edit.js';
export { type ClusterView, type ViewOptions, viewCluster } from './view.js';
