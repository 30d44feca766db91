/** A kubelet's part in a Job, played by a test: the pod's own command, with the token of its account. */
import { join } from 'node:path';
import { merge, must } from '../lab/agents.js';
import { writeKubeconfig } from '../lab/api-client.js';
import type { ControlPlane } from '../lab/control-plane.js';
import { get, patience, podcloak } from '../lab/podcloak.js';
import { flawless, type RunResult } from '../lab/run.js';
import { waitFor } from '../lab/wait.js';

export interface JobPod {
  readonly name: string;
  /** Of the pod's ServiceAccount, bound to the pod. */
  readonly token: string;
  /** Runs the container's command here, to its end. */
  readonly run: () => Promise<RunResult>;
  /** Says that the container has ended with this code. */
  readonly end: (code: number) => Promise<void>;
}

interface Pod {
  readonly metadata: { readonly name: string; readonly uid: string };
  readonly status: { readonly phase: string };
  readonly spec: {
    readonly serviceAccountName: string;
    readonly containers: readonly [{ readonly name: string; readonly args: readonly string[] }];
  };
}

/**
 * Waits for the pod that the Job's controller makes.
 * @param folder where files of the test's own can be
 */
export async function jobPod(
  plane: ControlPlane,
  job: string,
  namespace: string,
  folder: string,
): Promise<JobPod> {
  const selector = `batch.kubernetes.io/job-name=${job}`;
  const { metadata, spec } = await waitFor(async () => {
    const { items } = await get(plane, 'pods', '-n', namespace, '-l', selector);
    // The pods of a Job before it of the same name may still be there.
    const pod = (items as Pod[]).find(({ status }) => status.phase === 'Pending');
    if (pod === undefined) throw new Error(`the Job ${job} has no pod yet`);
    return pod;
  }, patience);
  const { name, uid } = metadata;
  const [container] = spec.containers;
  const bound = [`--bound-object-name=${name}`, `--bound-object-uid=${uid}`];
  const account = ['create', 'token', spec.serviceAccountName, '-n', namespace];
  const made = await plane.kubectl([...account, '--bound-object-kind=Pod', ...bound]);
  const token = flawless(made).stdout.trim();

  return {
    name,
    token,
    run: () => {
      const kubeconfig = join(folder, name);
      const { url, caFile } = plane;
      writeKubeconfig(kubeconfig, { url, caFile, adminToken: '', dir: folder }, token);
      const env = { PATH: process.env.PATH, HOME: folder, KUBECONFIG: kubeconfig };
      return podcloak(container.args, { env });
    },
    end: async (exitCode) => {
      const ended = { name: container.name, image: '', imageID: '', ready: false, restartCount: 0 };
      const containerStatuses = [{ ...ended, state: { terminated: { exitCode } } }];
      const phase = exitCode === 0 ? 'Succeeded' : 'Failed';
      const path = `/api/v1/namespaces/${namespace}/pods/${name}/status`;
      await must(plane, 'PATCH', path, {
        ...merge,
        body: { status: { phase, containerStatuses } },
      });
    },
  };
}
