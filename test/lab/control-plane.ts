import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ApiRequest,
  apiRequests,
  type Kubectl,
  kubectlFor,
  writeKubeconfig,
} from './api-client.js';
import { type ControlPlaneKeys, makeKeys } from './certificates.js';
import { freePorts, randomLoopback } from './loopback.js';
import { makeScratch, type Scratch } from './scratch.js';
import { type Server, serverNeeds, startServer } from './server.js';
import { type Requirement, requiredTool, type ToolName } from './tools.js';

/** A user whom the API server knows by a token of its own. */
export interface LabUser {
  readonly token: string;
  /** For example `system:node:n1`. */
  readonly name: string;
  readonly groups?: readonly string[];
}

/** A network with kubelets on it. */
export interface NodeNetwork {
  /** An address of this machine there, which the API server binds instead of one on loopback. */
  readonly address: string;
  /** The range of all pods, of which each Node gets a part. */
  readonly podCidr: string;
}

export interface ControlPlaneOptions {
  /** Which API server, if not that of the newest Kubernetes. The other servers are the newest's. */
  readonly apiServer?: 'kube-apiserver' | 'kube-apiserver-oldest';
  /** Serve real nodes, which takes kube-controller-manager and kube-scheduler. */
  readonly nodes?: NodeNetwork;
  /** Run kube-controller-manager too: service accounts in each namespace, garbage collection, … */
  readonly controllerManager?: boolean;
  /** Users besides the admin. */
  readonly users?: readonly LabUser[];
  /** Admission plugins of the API server that some clusters turn on, besides NodeRestriction. */
  readonly admissionPlugins?: readonly string[];
  /** Addresses that its certificate is for besides its own: those of relays. */
  readonly certifiedAddresses?: readonly string[];
}

/** A running etcd and kube-apiserver, and perhaps kube-controller-manager, of this test's own. */
export interface ControlPlane {
  readonly url: string;
  /** The path of the admin's kubeconfig. */
  readonly kubeconfig: string;
  readonly caFile: string;
  /** The token of a member of system:masters. */
  readonly adminToken: string;
  /** The process ids of all the servers, at the start. */
  readonly pids: readonly number[];
  readonly kubectl: Kubectl;
  readonly request: ApiRequest;
  /** End the API server alone; etcd keeps its data. */
  readonly stopApiServer: () => Promise<void>;
  /** Start it again where it was, and wait until it answers. */
  readonly startApiServer: () => Promise<void>;
  /** End all the servers, wait until they are gone, and remove their files. */
  readonly stop: () => Promise<void>;
}

/** What {@link startControlPlane} needs of the machine, for `labDescribe`. */
export function controlPlaneNeeds(options: ControlPlaneOptions = {}): (ToolName | Requirement)[] {
  const { apiServer = 'kube-apiserver', controllerManager, nodes } = options;
  const manager: ToolName[] = controllerManager || nodes ? ['kube-controller-manager'] : [];
  const scheduler: ToolName[] = nodes ? ['kube-scheduler'] : [];
  return ['etcd', apiServer, ...manager, ...scheduler, 'kubectl', 'openssl', serverNeeds];
}

/** How long the whole start may take, in milliseconds: ample, for a busy machine. */
const patience = 100_000;

/**
 * Start a control plane on loopback and wait until it answers.
 * @throws Error with the last lines of the log of whichever server does not come up; whatever was
 * started is gone by then.
 */
export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
  const scratch = makeScratch('podcloak-lab');
  const servers: Server[] = [];
  try {
    return await startIn(scratch, servers, options);
  } catch (error) {
    await stopAll(servers, scratch);
    throw error;
  }
}

async function startIn(
  scratch: Scratch,
  servers: Server[],
  options: ControlPlaneOptions,
): Promise<ControlPlane> {
  const { dir } = scratch;
  const deadline = Date.now() + patience;
  const apiServerProgram = options.apiServer ?? 'kube-apiserver';
  const start = async (program: ToolName, args: string[]): Promise<Server> => {
    const log = join(dir, `${program}.log`);
    const server = await startServer(program, requiredTool(program), args, log);
    servers.push(server);
    return server;
  };

  const loopback = randomLoopback();
  const address = options.nodes?.address ?? loopback;
  const [client, peer] = await freePorts(loopback, 2);
  const [secure] = await freePorts(address, 1);
  const etcdUrl = `http://${loopback}:${client}`;
  // kube-apiserver keeps trying while etcd comes up, so the two start side by side.
  await start('etcd', etcdArgs(dir, etcdUrl, `http://${loopback}:${peer}`));
  const keys = await makeKeys(dir, [address, ...(options.certifiedAddresses ?? [])]);
  const adminToken = randomBytes(16).toString('hex');
  const admin = { token: adminToken, name: 'admin', groups: ['system:masters'] };
  const tokens = writeTokens(dir, [admin, ...(options.users ?? [])]);
  const apiArgs = [
    ...apiServerArgs(dir, etcdUrl, keys, tokens),
    ...(options.nodes ? withNodesArgs(options.nodes, keys) : withoutNodesArgs),
    `--enable-admission-plugins=${['NodeRestriction', ...(options.admissionPlugins ?? [])].join(',')}`,
    ...[`--bind-address=${address}`, `--secure-port=${secure}`],
  ];
  let apiServer = await start(apiServerProgram, apiArgs);

  const kubectlDir = join(dir, 'kubectl');
  mkdirSync(kubectlDir);
  const api = { url: `https://${address}:${secure}`, caFile: keys.ca, adminToken, dir: kubectlDir };
  const kubeconfig = join(dir, 'admin.kubeconfig');
  writeKubeconfig(kubeconfig, api, adminToken);
  const request = apiRequests(api);
  const answers = (path: string) => async (): Promise<boolean> =>
    (await request('GET', path)).status === 200;

  await untilReady(servers, deadline, answers('/readyz'));
  // The namespace is not part of readiness, and follows a moment later.
  await untilReady(servers, deadline, answers('/api/v1/namespaces/default'));
  if (options.controllerManager || options.nodes) {
    const args = controllerManagerArgs(kubeconfig, keys, options.nodes);
    await start('kube-controller-manager', args);
    const made = '/api/v1/namespaces/default/serviceaccounts/default';
    await untilReady(servers, deadline, answers(made));
  }
  if (options.nodes) await start('kube-scheduler', schedulerArgs(kubeconfig));

  let stopped: Promise<void> | undefined;
  return {
    url: api.url,
    kubeconfig,
    caFile: keys.ca,
    adminToken,
    pids: servers.map(({ pid }) => pid),
    kubectl: kubectlFor(api, kubeconfig),
    request,
    stopApiServer: async () => {
      await apiServer.stop();
      // One that was stopped on purpose is not missed by whoever waits for another.
      servers.splice(servers.indexOf(apiServer), 1);
    },
    startApiServer: async () => {
      apiServer = await start(apiServerProgram, apiArgs);
      await untilReady(servers, Date.now() + patience, answers('/readyz'));
    },
    stop: () => {
      stopped ??= stopAll(servers, scratch);
      return stopped;
    },
  };
}

/** etcd goes last: a kube-apiserver that lost it does not end in peace. */
async function stopAll(servers: readonly Server[], scratch: Scratch): Promise<void> {
  for (const server of [...servers].reverse()) await server.stop();
  await scratch.remove();
}

/** Poll until the check holds. The server that was started last is the one that is waited for. */
async function untilReady(
  servers: readonly Server[],
  deadline: number,
  check: () => Promise<boolean>,
): Promise<void> {
  // A refused connection is no answer yet.
  while (!(await check().catch(() => false))) {
    const ended = servers.find((server) => server.hasEnded());
    if (ended !== undefined) throw new Error(ended.describe());
    if (Date.now() > deadline) {
      const logs = servers.map((server) => server.describe()).join('\n\n');
      throw new Error(`the control plane is not ready after ${patience / 1000} s; ${logs}`);
    }
    await sleep(50);
  }
}

function etcdArgs(dir: string, client: string, peer: string): string[] {
  return [
    `--data-dir=${join(dir, 'etcd')}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    // The data need not survive a crash of the machine, and syncing it takes most of etcd's time.
    '--unsafe-no-fsync',
  ];
}

function apiServerArgs(
  dir: string,
  etcdUrl: string,
  keys: ControlPlaneKeys,
  tokens: string,
): string[] {
  return [
    `--etcd-servers=${etcdUrl}`,
    `--cert-dir=${dir}`,
    `--tls-cert-file=${keys.certificate}`,
    `--tls-private-key-file=${keys.key}`,
    `--client-ca-file=${keys.ca}`,
    `--token-auth-file=${tokens}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-signing-key-file=${keys.serviceAccounts}`,
    `--service-account-key-file=${keys.serviceAccounts}`,
    '--authorization-mode=Node,RBAC',
    '--allow-privileged=true',
    '--service-cluster-ip-range=10.96.0.0/16',
  ];
}

/**
 * A loopback address cannot be an endpoint of the `kubernetes` service, and none is needed: one that
 * exists nowhere (RFC 5737) spares a search for this machine's own.
 */
const withoutNodesArgs = ['--advertise-address=192.0.2.1', '--endpoint-reconciler-type=none'];

/** How it reaches kubelets, for `kubectl exec` and `logs`, and how pods reach it. */
function withNodesArgs({ address }: NodeNetwork, keys: ControlPlaneKeys): string[] {
  return [
    `--advertise-address=${address}`,
    '--kubelet-preferred-address-types=InternalIP',
    `--kubelet-client-certificate=${keys.clientCertificate}`,
    `--kubelet-client-key=${keys.clientKey}`,
  ];
}

function controllerManagerArgs(
  kubeconfig: string,
  keys: ControlPlaneKeys,
  nodes: NodeNetwork | undefined,
): string[] {
  return [
    `--kubeconfig=${kubeconfig}`,
    `--service-account-private-key-file=${keys.serviceAccounts}`,
    `--root-ca-file=${keys.ca}`,
    '--use-service-account-credentials',
    '--leader-elect=false',
    // At its default pace of 20 requests a second it takes five seconds more to get to work.
    '--kube-api-qps=1000',
    '--kube-api-burst=1000',
    // It serves nothing that the lab asks for.
    '--secure-port=0',
    ...(nodes ? ['--allocate-node-cidrs', `--cluster-cidr=${nodes.podCidr}`] : []),
  ];
}

function schedulerArgs(kubeconfig: string): string[] {
  return [`--kubeconfig=${kubeconfig}`, '--leader-elect=false', '--secure-port=0'];
}

/** The static token file: token, user, uid and, quoted, the groups. */
function writeTokens(dir: string, users: readonly LabUser[]): string {
  const path = join(dir, 'tokens.csv');
  const lines = users.map(
    ({ token, name, groups = [] }) => `${token},${name},${name},"${groups.join(',')}"\n`,
  );
  writeFileSync(path, lines.join(''), { mode: 0o600 });
  return path;
}
