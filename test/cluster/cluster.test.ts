import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { FlowReport, FlowSpec } from '../lab/agent/traffic/index.js';
import { esp, readable, shown } from '../lab/agent/wire/index.js';
import { labDescribe } from '../lab/lab-describe.js';
import { type Cluster, patience, startCluster } from './cluster.js';
import { expectNothingLost, readableBetweenNodes, untilAll, wireguard } from './judge.js';
import { clusterNeeds } from './needs.js';
import type { Place } from './places.js';
import { readmeBlock } from './readme.js';
import { nodeAddress } from './wire.js';
import { PODS, SERVICE, workload } from './workload.js';

/** What the README says, and a user types. */
const README = {
  key: readmeBlock('bash', 'kubectl create -n kube-system secret'),
  values: readmeBlock('yaml', '# values.yaml'),
  rotate: readmeBlock('bash', 'podcloak keys rotate --wait'),
  enable: readmeBlock('bash', /^podcloak synth -f values.yaml \| kubectl apply/),
  wireguard: readmeBlock('bash', '--wait --type wireguard'),
  ipsec: readmeBlock('bash', '--wait --type ipsec'),
  status: readmeBlock('bash', 'podcloak encrypt status   #'),
  disable: readmeBlock(
    'bash',
    'synth -f values.yaml --set encryption.enabled=false | kubectl apply',
  ),
  remove: readmeBlock('bash', 'podcloak encryption status --wait-disabled'),
};
const HELM = {
  install: readmeBlock('sh', 'helm install podcloak charts/podcloak'),
  disable: readmeBlock('sh', 'helm upgrade podcloak charts/podcloak'),
};
const IMAGE = /repository: (\S+)/.exec(README.values)?.[1] ?? '';
const ENCRYPT_STATUS = /^kubectl .*podcloak encrypt status/m.exec(README.status)?.[0] ?? '';
const ROLLED_OUT = 'kubectl -n kube-system rollout status daemonset/podcloak --timeout=1800s';

const { udp, tcp, outside } = SERVICE.ports;
/** Slow, as the ends are emulated too and must leave the agents their share of a processor. */
const each = { interval: 250 };
/** One flow a packet's way; all but the last cross the wire. */
const FLOWS: readonly FlowSpec<Place>[] = [
  { ...each, from: 'pod/left', to: 'pod/right', protocol: 'udp' },
  { ...each, from: 'pod/right', to: 'pod/left', protocol: 'udp' },
  {
    ...each,
    from: 'pod/left',
    to: 'pod/right',
    protocol: 'udp',
    port: udp.port,
    via: { address: SERVICE.address },
  },
  {
    ...each,
    from: 'pod/left',
    to: 'pod/right',
    protocol: 'tcp',
    port: tcp.port,
    via: { address: SERVICE.address },
  },
  { ...each, from: 'pod/left', to: 'n2', protocol: 'udp' },
  {
    ...each,
    from: 'host',
    to: 'pod/right',
    protocol: 'udp',
    port: outside.port,
    via: { address: nodeAddress(1), port: outside.nodePort },
  },
  { ...each, from: 'pod/left', to: 'pod/neighbour', protocol: 'udp' },
];
const INSIDE = FLOWS.length - 1;

// The tests build on each other: the life of an installation, from its Secret to plaintext again.
labDescribe('a cluster of two nodes', clusterNeeds, () => {
  let cluster: Cluster;
  const typed = async (lines: string): Promise<string> => {
    const { code, stdout, stderr } = await cluster.user.type(lines);
    if (code !== 0) throw new Error(`${lines}\nended with code ${code}: ${stderr}\n${stdout}`);
    return stdout;
  };
  beforeAll(async () => {
    cluster = await startCluster(IMAGE);
    writeFileSync(join(cluster.user.home, 'values.yaml'), README.values);
    await cluster.plane.kubectl(['apply', '-f', '-'], { input: workload() });
    await typed(
      `kubectl wait --for=condition=Ready pod ${Object.keys(PODS).join(' ')} --timeout=1800s`,
    );
    // On a busy machine kube-proxy is later than the pods.
    for (const { guest } of cluster.nodes) {
      const isServed = `nft list table ip kube-proxy | grep ${SERVICE.address}`;
      await vi.waitFor(() => guest.script(isServed), patience);
    }
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') console.error(await cluster?.describe());
    await cluster?.sweep();
  });
  afterAll(() => cluster?.stop());

  it('takes the key as Cilium’s guide makes it', async () => {
    expect(await typed(README.key)).toBe('secret/cilium-ipsec-keys created\n');
  });

  it('runs the agent, and leaves traffic alone while encryption is off', async () => {
    expect(await typed(README.disable)).toContain('daemonset.apps/podcloak serverside-applied');
    await typed(ROLLED_OUT);
    const wire = await cluster.recordWire();
    const traffic = await cluster.startTraffic(FLOWS);
    await traffic.untilMore(20);
    const reports = await traffic.stop();
    const packets = await wire.packets();
    await wire.stop();

    expectNothingLost(reports);
    for (const { flow } of traffic.flows.slice(0, INSIDE)) {
      expect(readableBetweenNodes(packets, flow).length, `flow ${flow}`).toBeGreaterThan(10);
    }
    expect(shown(readable(packets, traffic.flows[INSIDE]?.flow))).toEqual([]);
    expect(shown(esp(packets))).toEqual([]);
  });

  it('encrypts what passes between nodes, under load, without losing a packet', async () => {
    const wire = await cluster.recordWire();
    const traffic = await cluster.startTraffic(FLOWS);
    await traffic.untilMore(10);
    await typed(README.enable);
    await typed(ROLLED_OUT);
    await untilAll(cluster, 'closed');
    const closed = await wire.mark();
    await traffic.untilMore(30);
    // Pods of one node go on in plaintext, behind the node's own bridge.
    const inside = traffic.flows[INSIDE];
    const seen = await cluster.nodes[0]?.guest.script(
      `tcpdump -i cni0 -nn -A -c 5 --immediate-mode udp port ${inside?.port} 2>/dev/null`,
    );
    const reports = await traffic.stop();
    const before = await wire.packets({ to: closed });
    const after = await wire.packets({ from: closed });
    await wire.stop();

    expect(seen).toContain(`PODCLOAK-F${inside?.flow}-`);
    for (const { flow } of traffic.flows.slice(0, INSIDE)) {
      expect(readableBetweenNodes(before, flow).length, `flow ${flow}`).toBeGreaterThan(5);
    }
    expect(shown(readableBetweenNodes(after))).toEqual([]);
    expect(esp(after, nodeAddress(1), nodeAddress(2)).length).toBeGreaterThan(100);
    expect(esp(after, nodeAddress(2), nodeAddress(1)).length).toBeGreaterThan(20);
    expectNothingLost(reports);
  });

  it('says so in the words of cilium-dbg', async () => {
    // The agent may be too busy to answer within five seconds, and the command says: Try again.
    const ask = (program: string): Promise<string> => {
      const line = `kubectl -n kube-system exec ds/podcloak -- ${program} encrypt status`;
      return vi.waitFor(() => typed(line), patience);
    };
    const status = await ask('podcloak');
    const lines = status.split('\n').map((line) => line.trimEnd());
    expect(lines.slice(0, 5)).toEqual([
      'Encryption: IPsec',
      'Decryption interface(s): eth0',
      'Keys in use: 2',
      expect.stringMatching(/^Max Seq\. Number: 0x[0-9a-f]+\/0xffffffffffffffff$/),
      expect.stringMatching(/^Errors: \d+$/),
    ]);
    // A probe may come before the peer has put in the tunnel that it is for; nothing else may be dropped.
    const errors = lines.slice(5).filter((line) => line.startsWith('\tXfrm'));
    expect(errors.filter((line) => !line.startsWith('\tXfrmInNoStates: '))).toEqual([]);
    expect(lines[4] === 'Errors: 0').toBe(errors.length === 0);
    const same = await ask('cilium-dbg');
    expect(same.split('\n')[0]?.trimEnd()).toBe('Encryption: IPsec');
  });

  it('moves to WireGuard under load, and back: nothing in plaintext, nothing of pods lost', async () => {
    const move = (lines: string): Promise<string> =>
      typed(lines.replace('--wait', '--wait --timeout 25m'));
    const [n1, n2] = [nodeAddress(1), nodeAddress(2)];
    // As many distributions have it; what comes through either tunnel must pass all the same.
    const strictly = (value: 0 | 1): Promise<unknown> =>
      Promise.all(
        cluster.nodes.map(({ guest }) =>
          guest.script(`sysctl -qw net.ipv4.conf.eth0.rp_filter=${value}`),
        ),
      );
    await strictly(1);
    const wire = await cluster.recordWire();
    const traffic = await cluster.startTraffic(FLOWS);
    await traffic.untilMore(5);

    expect(await move(README.wireguard)).toContain('Every node encrypts under one key (2 nodes).');
    const moved = await wire.mark();
    await traffic.untilMore(20);
    const still = await wire.mark();
    const status = await vi.waitFor(() => typed(ENCRYPT_STATUS), patience);
    for (const { guest } of cluster.nodes) {
      // What the agent wrote, in a container that has nothing but NET_ADMIN.
      const folder = '/proc/sys/net/ipv4/conf/podcloak_wg0';
      expect(await guest.script(`cat ${folder}/{disable_policy,rp_filter}`)).toBe('1\n2\n');
    }
    expect(await move(README.ipsec)).toContain('Every node encrypts under one key (2 nodes).');
    const back = await wire.mark();
    await traffic.untilMore(10);
    const reports = await traffic.stop();
    const packets = await wire.packets();
    const meanwhile = await wire.packets({ from: moved, to: still });
    const after = await wire.packets({ from: back });
    await wire.stop();
    await strictly(0);

    expect(shown(readableBetweenNodes(packets))).toEqual([]);
    expect(shown(esp(meanwhile))).toEqual([]);
    expect(wireguard(meanwhile, n1, n2).length).toBeGreaterThan(60);
    expect(wireguard(meanwhile, n2, n1).length).toBeGreaterThan(20);
    expect(esp(after, n1, n2).length).toBeGreaterThan(30);
    expect(esp(after, n2, n1).length).toBeGreaterThan(10);
    const lines = status.split('\n').map((line) => line.trimEnd());
    expect(lines[0]).toBe('Encryption: Wireguard');
    expect(lines).toEqual(
      expect.arrayContaining([
        'Interface: podcloak_wg0',
        expect.stringMatching(/^\tPublic key: [\w+/]{43}=$/),
        '\tNumber of peers: 1',
        'PSK of podcloak_wg0, UDP port 51871: from the Secret, key id 3',
        expect.stringMatching(/^\tn[12]: confirmed, last handshake .+ received, .+ sent$/),
      ]),
    );
    expectOnlyMasqueradedLost(reports);
  });

  it('takes another key, under load, as the kubelets bring it', async () => {
    const wire = await cluster.recordWire();
    const traffic = await cluster.startTraffic(FLOWS);
    await traffic.untilMore(5);
    const said = await typed(README.rotate.replace('--wait', '--wait --timeout 25m'));
    await traffic.untilMore(10);
    const reports = await traffic.stop();
    const packets = await wire.packets();
    await wire.stop();

    expect(said).toContain('Finished: every node is on key id 4, key id 3 was removed.');
    expect(said).toContain('Key id 4: current');
    expect(shown(readableBetweenNodes(packets))).toEqual([]);
    expectNothingLost(reports);
  });

  it('leaves the key to a Job and a CronJob, which the cluster runs', async () => {
    const own = [
      '--set encryption.ipsec.secret.generate=true',
      '--set-json encryption.ipsec.rotation.schedule=\'"0 0 1 1 *"\'',
    ].join(' ');
    await typed(`podcloak synth -f values.yaml ${own} > own.yaml`);
    await typed('kubectl apply --server-side -f own.yaml');
    const jobs = 'job -l app.kubernetes.io/component=keys';
    const place = '-n kube-system';
    await typed(`kubectl ${place} wait ${jobs} --for=condition=Complete --timeout=1800s`);
    expect(await typed(`kubectl ${place} logs -l app.kubernetes.io/component=keys`)).toContain(
      'Secret kube-system/cilium-ipsec-keys has a key already; it stays.',
    );
    await typed(`kubectl ${place} create job now --from=cronjob/podcloak-rotate`);
    await typed(`kubectl ${place} wait job/now --for=condition=Complete --timeout=2400s`);
    expect(await typed(`kubectl ${place} logs job/now`)).toContain(
      'Finished: every node is on key id 5, key id 4 was removed.',
    );
    expect(await typed(`kubectl ${place} describe cronjob podcloak-rotate`)).toContain(
      'All 2 nodes are on key id 5',
    );
    // What follows is about an installation without them; the Secret stays.
    await typed(`kubectl ${place} delete ${jobs}`);
    for (const name of ['key', 'rotate']) {
      await typed(`kubectl ${place} delete {serviceaccount,role,rolebinding}/podcloak-${name}`);
    }
    await typed(`kubectl ${place} delete cronjob/podcloak-rotate`);
    await typed('kubectl delete {clusterrole,clusterrolebinding}/podcloak-rotate');
  });

  it('goes on when an agent’s pod is deleted: nothing in plaintext, nothing lost', async () => {
    const counted = () =>
      Promise.all(cluster.nodes.map(({ guest }) => guest.script('cat /proc/net/xfrm_stat')));
    const errors = await counted();
    const wire = await cluster.recordWire();
    const traffic = await cluster.startTraffic(FLOWS);
    await traffic.untilMore(10);
    const those = '-l app.kubernetes.io/name=podcloak --field-selector spec.nodeName=n1';
    expect(await typed(`kubectl -n kube-system delete pod ${those}`)).toContain('deleted');
    await typed(ROLLED_OUT);
    await traffic.untilMore(20);
    const reports = await traffic.stop();
    const packets = await wire.packets();
    await wire.stop();

    expect(shown(readableBetweenNodes(packets))).toEqual([]);
    expectNothingLost(reports);
    expect(await counted()).toEqual(errors);
  });

  it('drops a leaked key everywhere, under load, once there is another: nothing lost', async () => {
    const wire = await cluster.recordWire();
    const traffic = await cluster.startTraffic(FLOWS);
    await traffic.untilMore(5);
    const [, old] = /Key id (\d+): current/.exec(await typed('podcloak keys status')) ?? [];
    // The first four bits of an SPI are its key id.
    const underOld = new RegExp(`spi 0x${Number(old).toString(16)}[0-9a-f]{7} `);
    for (const { xfrm } of cluster.nodes) {
      expect((await xfrm.states()).filter((state) => underOld.test(state))).toHaveLength(2);
    }
    await typed('podcloak keys rotate');
    await vi.waitFor(async () => {
      const said = await typed('podcloak keys status');
      expect(said).toContain(`Key id ${Number(old) + 1}: current`);
      expect(said).toContain('Rotation in progress: false (2/2 nodes, 2/2 directions');
    }, patience);
    expect(await typed(`podcloak keys revoke ${old} --yes`)).toContain(`${old}`);
    // Else what is under the old key stays for `keyRotationDuration`, five minutes.
    for (const { xfrm } of cluster.nodes) {
      await vi.waitFor(async () => {
        const states = await xfrm.states();
        expect(states.length).toBeGreaterThanOrEqual(2);
        expect(states.filter((state) => underOld.test(state))).toEqual([]);
      }, patience);
    }
    await traffic.untilMore(10);
    const reports = await traffic.stop();
    const packets = await wire.packets();
    await wire.stop();

    expect(shown(readableBetweenNodes(packets))).toEqual([]);
    expectNothingLost(reports);
  });

  it('goes on while a newer image comes to one node after the other: nothing in plaintext, nothing lost', async () => {
    for (const { guest } of cluster.nodes) {
      await guest.script(
        `ctr -n k8s.io images tag "$(ctr -n k8s.io images ls -q | grep '^${IMAGE}:')" ${IMAGE}:next`,
      );
    }
    const wire = await cluster.recordWire();
    const traffic = await cluster.startTraffic(FLOWS);
    await traffic.untilMore(10);
    await typed(README.enable.replace('-f values.yaml', '-f values.yaml --set image.tag=next'));
    await typed(ROLLED_OUT);
    await traffic.untilMore(20);
    const reports = await traffic.stop();
    const packets = await wire.packets();
    await wire.stop();

    const images = '-o jsonpath={.items[*].spec.containers[*].image}';
    const running = await typed(
      `kubectl -n kube-system get pods -l app.kubernetes.io/name=podcloak ${images}`,
    );
    expect(running.trim().split(' ')).toEqual(cluster.nodes.map(() => `${IMAGE}:next`));
    expect(shown(readableBetweenNodes(packets))).toEqual([]);
    expectNothingLost(reports);
  });

  it('walks back to plaintext, under load, without losing a packet or leaving a thing', async () => {
    const wire = await cluster.recordWire();
    const traffic = await cluster.startTraffic(FLOWS);
    await traffic.untilMore(10);
    await typed(README.disable);
    await untilAll(cluster, 'plain');
    const open = await wire.mark();
    await traffic.untilMore(30);
    const reports = await traffic.stop();
    const packets = await wire.packets({ from: open });
    await wire.stop();

    expectNothingLost(reports);
    for (const { flow } of traffic.flows.slice(0, INSIDE)) {
      expect(readableBetweenNodes(packets, flow).length, `flow ${flow}`).toBeGreaterThan(10);
    }
    await expectNothingLeft(cluster);
  });

  it('goes for good', async () => {
    await typed(README.remove);
    const kinds = 'daemonsets,configmaps,serviceaccounts,roles,rolebindings,clusterroles,crds';
    expect(await typed(`kubectl get ${kinds} -A -o name`)).not.toContain('podcloak');
  });

  it('comes back with helm, whose test waits for encryption', async () => {
    expect(await typed(HELM.install)).toMatch(/Phase:\s+Succeeded/);
    for (const { xfrm } of cluster.nodes) expect(await xfrm.states()).not.toEqual([]);
    await untilAll(cluster, 'closed');
  });

  it('is disabled and uninstalled by helm, under load, without losing a packet', async () => {
    const traffic = await cluster.startTraffic(FLOWS);
    await traffic.untilMore(10);
    const said = await typed(HELM.disable);
    await traffic.untilMore(10);
    const reports = await traffic.stop();

    expect(said).toMatch(/Phase:\s+Succeeded/);
    expectNothingLost(reports);
    await expectNothingLeft(cluster);
  });

  it('gets WireGuard from helm, under load, and is uninstalled by helm alone where it was told to disable first', async () => {
    const wire = await cluster.recordWire();
    const traffic = await cluster.startTraffic(FLOWS);
    await traffic.untilMore(10);
    const release = 'podcloak charts/podcloak --namespace kube-system -f values.yaml';
    const chosen = '--set encryption.type=wireguard --set uninstall.disableFirst=true';
    await typed(`helm install ${release} ${chosen}`);
    await typed(ROLLED_OUT);
    await typed('podcloak encryption status --wait --timeout 25m');
    const closed = await wire.mark();
    await traffic.untilMore(20);
    const before = await wire.packets({ to: closed });
    const after = await wire.packets({ from: closed });
    await wire.stop();
    await typed('helm uninstall podcloak --namespace kube-system --timeout 15m');
    await traffic.untilMore(10);
    const reports = await traffic.stop();

    const [n1, n2] = [nodeAddress(1), nodeAddress(2)];
    expect(readableBetweenNodes(before).length).toBeGreaterThan(50);
    expect(shown(readableBetweenNodes(after))).toEqual([]);
    expect(shown(esp([...before, ...after]))).toEqual([]);
    expect(wireguard(after, n1, n2).length).toBeGreaterThan(60);
    expect(wireguard(after, n2, n1).length).toBeGreaterThan(20);
    expectOnlyMasqueradedLost(reports);
    await expectNothingLeft(cluster);
    expect(await typed('kubectl get jobs,daemonsets -A -o name')).toBe('');
  });
});

/**
 * What a node masquerades begins anew as it moves to or from our device (README, Limits): one packet. All else has arrived.
 */
function expectOnlyMasqueradedLost(reports: readonly FlowReport[]): void {
  const isMasqueraded = ({ title }: FlowReport): boolean => / host > /.test(title);
  expectNothingLost(reports.filter((one) => !isMasqueraded(one)));
  const masqueraded = reports.filter(isMasqueraded);
  expect(masqueraded).toHaveLength(1);
  for (const { lost } of masqueraded) expect(lost.length).toBeLessThanOrEqual(1);
}

/** In the kernels of its nodes, in the end: what holds no packet back goes when every peer has said that it is done. */
async function expectNothingLeft({ nodes }: Cluster): Promise<void> {
  for (const { xfrm, guest } of nodes) {
    await vi.waitFor(async () => {
      expect(await xfrm.states()).toEqual([]);
      expect(await xfrm.policies()).toEqual([]);
      expect(await guest.script('nft list tables')).not.toContain('podcloak');
      // WireGuard's devices, and the rules of its tables.
      expect(await guest.script('ip -o link; ip rule; ip -6 rule')).not.toMatch(/podcloak_wg|5187/);
    }, patience);
  }
}
