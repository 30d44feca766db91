/** Many clusters rendered at once: their names, and what is wrong with their values; pure. */
export { clustersOf, type FleetCluster } from './clusters.js';
export { type ClusterFindings, fleetDiagnostics } from './diagnostics.js';
