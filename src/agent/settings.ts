import { type Diagnostic, diagnostic } from '../errors/index.js';

/** What the agent is told by its environment: what it must know without the API server. */
export interface Settings {
  readonly nodeName: string;
  readonly namespace: string;
  /** The name of the ConfigMap that it watches, in that namespace. */
  readonly configMap: string;
  /** TCP, on loopback. */
  readonly healthPort: number;
  /** TCP; undefined for no metrics. */
  readonly metricsPort: number | undefined;
  readonly jsonLog: boolean;
}

const DEFAULT_CONFIG_MAP = 'podcloak';
const DEFAULT_HEALTH_PORT = 9989;

/** @returns what is wrong with the environment instead */
export function readSettings(environment: NodeJS.ProcessEnv): Settings | { problem: Diagnostic } {
  const { NODE_NAME = '', POD_NAMESPACE = '' } = environment;
  for (const [name, value] of Object.entries({ NODE_NAME, POD_NAMESPACE })) {
    if (value === '') return { problem: diagnostic('PC719', `${name} is not set`) };
  }
  const ports: Record<string, number | undefined> = {};
  for (const name of ['PODCLOAK_HEALTH_PORT', 'PODCLOAK_METRICS_PORT']) {
    const text = environment[name];
    if (text === undefined) continue;
    const port = Number(text);
    if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535) {
      return { problem: diagnostic('PC719', `${name} is no port`) };
    }
    ports[name] = port;
  }
  return {
    nodeName: NODE_NAME,
    namespace: POD_NAMESPACE,
    configMap: environment.PODCLOAK_CONFIG_MAP || DEFAULT_CONFIG_MAP,
    healthPort: ports.PODCLOAK_HEALTH_PORT ?? DEFAULT_HEALTH_PORT,
    metricsPort: ports.PODCLOAK_METRICS_PORT,
    jsonLog: environment.PODCLOAK_LOG_FORMAT === 'json',
  };
}
