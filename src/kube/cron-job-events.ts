import { hostname } from 'node:os';
import { type CredentialOptions, loadCredentials } from './credentials.js';
import { eventBody, eventName } from './event-body.js';
import { KubeError } from './kube-error.js';
import { readIdentity } from './objects.js';
import { createTransport } from './transport.js';

/** Whose run a command is. */
export interface CronJobPlace {
  readonly namespace: string;
  readonly name: string;
}

/** What a run of a CronJob has to say about it. */
export interface RunEvent {
  readonly type: 'Normal' | 'Warning';
  /** Why, in one CamelCase word. */
  readonly reason: string;
  /** For people. At most 1 kB; the rest is cut off. */
  readonly note: string;
}

/** Events on a CronJob, where `kubectl describe cronjob` shows them. */
export interface CronJobEvents {
  /** @throws KubeError */
  tell(event: RunEvent): Promise<void>;
  /** Ends all requests. */
  close(): void;
}

const CONTROLLER = 'podcloak.dev/keys';

/** The cluster that kubectl would talk to. Nothing is asked before the first call. */
export function openCronJobEvents(
  { namespace, name }: CronJobPlace,
  options: CredentialOptions,
): CronJobEvents {
  const closing = new AbortController();
  const { signal } = closing;
  const transport = createTransport(() => loadCredentials(options));
  const place = `namespaces/${encodeURIComponent(namespace)}`;

  /** `kubectl describe` looks for events by it. Without it they are still in the list of all events. */
  const uid = async (): Promise<{ uid?: string }> => {
    const path = `/apis/batch/v1/${place}/cronjobs/${encodeURIComponent(name)}`;
    try {
      return { uid: readIdentity(await transport.json({ method: 'GET', path, signal })).uid };
    } catch (error) {
      if (error instanceof KubeError && ['PC503', 'PC505'].includes(error.code)) return {};
      throw error;
    }
  };

  return {
    tell: async ({ type, reason, note }) => {
      const regarding = {
        ...{ apiVersion: 'batch/v1', kind: 'CronJob', namespace, name },
        ...(await uid()),
      };
      const body = eventBody({
        ...{ name: eventName(name), namespace, time: Date.now(), type, reason, note, regarding },
        action: 'RotateKey',
        by: { controller: CONTROLLER, instance: hostname() },
      });
      const path = `/apis/events.k8s.io/v1/${place}/events`;
      await transport.json({ method: 'POST', path, body, signal });
    },
    close: () => closing.abort(),
  };
}
