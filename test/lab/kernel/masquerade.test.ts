import { afterAll, beforeAll, expect, it } from 'vitest';
import { labDescribe } from '../lab-describe.js';
import { type Guest, guestNeeds, startGuest } from './guest.js';
import { bundleForGuest, type GuestProgram } from './guest-program.js';
import { type Addresses, addressesOf, buildTopology, type Topology } from './topology.js';

/** Readable on the wire only where nothing encrypts it. */
const MARKER = '504c41494e54455854'; // PLAINTEXT
const marked = (target: string) => ['-c', '6', '-i', '0.2', '-W', '2', '-p', MARKER, target];
const KEY = "aead 'rfc4106(gcm(aes))' 0x0102030405060708090a0b0c0d0e0f1011121314 128";
const [one, two] = [addressesOf(1), addressesOf(2)];

/** What a CNI does on node 1: what its pods send to others than pods carries the node's address. */
const CNI = `
  table inet cni {
    chain postrouting {
      type nat hook postrouting priority srcnat;
      ip saddr ${one.podCidr} ip daddr != 10.244.0.0/16 masquerade
      ip6 saddr ${one.podCidr6} ip6 daddr != fd00:244::/32 masquerade
    }
  }`;

labDescribe('what a pod says to another node, where a CNI masquerades it', guestNeeds, () => {
  let guest: Guest;
  let topology: Topology;
  let program: GuestProgram;
  beforeAll(async () => {
    program = await bundleForGuest(new URL('./exemption-program.ts', import.meta.url));
    guest = await startGuest();
    topology = await buildTopology(guest, 2);
    await guest.script(`${encrypt('n1', one, two)}\n${encrypt('n2', two, one)}`);
    await guest.script('ip netns exec n1 nft -f -', { input: CNI });
  });
  afterAll(async () => {
    await guest?.stop();
    await program?.remove();
  });

  const exemption = async (action: 'install' | 'remove' | 'look' | 'forget', ...rest: string[]) => {
    const run = await topology.onNode(1, process.execPath, [program.path, action, ...rest]);
    return run.stdout.trim() || run.stderr;
  };
  const pings = async () => {
    const wire = await topology.capture();
    const v4 = await topology.inPod(1, 'ping', marked(two.node));
    const v6 = await topology.inPod(1, 'ping', marked(two.node6));
    return { answered: [v4.stdout, v6.stdout].map(receivedOf), seen: await wire.stop() };
  };

  it('leaves in plaintext, with the node’s address, though there is a policy', async () => {
    expect(await exemption('look')).toBe('false');
    const { answered, seen } = await pings();
    expect(answered).toEqual([6, 6]);
    expect(count(seen, `${one.node} > ${two.node}: ICMP echo request`)).toBe(6);
    expect(count(seen, `${one.node6} > ${two.node6}: ICMP6, echo request`)).toBe(6);
    expect(seen).toContain('PLAINTEXT');
  });

  it('stays in plaintext on a connection from before, until it is forgotten', async () => {
    const ping = topology.startInPod(1, 'ping', ['-i', '0.5', two.node]);
    await ping.prints(/icmp_seq=2 /);
    expect(await exemption('install')).toBe('true');
    const someMore = async () => {
      const wire = await topology.capture();
      const last = ping.stdout().match(/icmp_seq=\d+/g)?.length;
      await ping.prints(new RegExp(`icmp_seq=${Number(last) + 3} `));
      return wire.stop();
    };
    const before = await someMore();
    // None of these: another node's pods, another node.
    expect(await exemption('forget', two.podCidr, two.podCidr6, two.node)).toBe('0');
    expect(await exemption('forget', one.podCidr, one.podCidr6, '192.0.2.9')).toBe('0');
    expect(await exemption('forget', one.podCidr, one.podCidr6, two.node, two.node6)).not.toBe('0');
    const after = await someMore();
    ping.signal('SIGINT');
    await ping.ended;
    expect(count(before, `${one.node} > ${two.node}: ICMP echo request`)).toBeGreaterThan(1);
    expect(before).not.toContain('ESP(');
    expect(count(after, `${one.node} > ${two.node}: ESP(`)).toBeGreaterThan(1);
    expect(after).not.toContain('echo request');
    expect(ping.stdout()).toMatch(/ 0% packet loss/);
  });

  it('is encrypted, and answered, once our table is there', async () => {
    expect(await exemption('install')).toBe('true');
    const { answered, seen } = await pings();
    expect(answered).toEqual([6, 6]);
    // Requests and answers of both IP versions, between the nodes' IPv4 addresses.
    expect(count(seen, `${one.node} > ${two.node}: ESP(spi=0x00001001`)).toBe(12);
    expect(count(seen, `${two.node} > ${one.node}: ESP(spi=0x00001002`)).toBe(12);
    expect(seen).not.toMatch(/echo re/);
    expect(seen).not.toContain('PLAINTEXT');
  });

  it('has the CNI’s translation still where no policy matches', async () => {
    await guest.script('ip -n n1 xfrm policy flush; ip -n n2 xfrm policy flush');
    const { answered, seen } = await pings();
    expect(answered).toEqual([6, 6]);
    expect(count(seen, `${one.node} > ${two.node}: ICMP echo request`)).toBe(6);
    expect(seen).not.toContain(one.pod);
    await guest.script(`${policies('n1', one, two)}\n${policies('n2', two, one)}`);
  });

  it('leaves in plaintext again when our table is removed', async () => {
    expect(await exemption('remove')).toBe('false');
    const { seen } = await pings();
    expect(count(seen, `${one.node} > ${two.node}: ICMP echo request`)).toBe(6);
    const left = await topology.onNode(1, 'nft', ['list', 'tables']);
    expect(left.stdout).toBe('table inet cni\n');
  });
});

/** An SA each way, and policies for pods of node 1 and addresses of node 2, IPv4 and IPv6. */
function encrypt(node: string, here: Addresses, there: Addresses): string {
  return [
    `ip -n ${node} xfrm state add ${sa(one, two, '0x1001')}`,
    `ip -n ${node} xfrm state add ${sa(two, one, '0x1002')}`,
    policies(node, here, there),
  ].join('\n');
}

function sa(from: Addresses, to: Addresses, spi: string): string {
  return `src ${from.node} dst ${to.node} proto esp spi ${spi} mode tunnel reqid 1 flag af-unspec ${KEY}`;
}

function policies(node: string, here: Addresses, there: Addresses): string {
  const pairs = [
    [one.podCidr, `${two.node}/32`],
    [one.podCidr6, `${two.node6}/128`],
  ] as const;
  const tunnel = (from: Addresses, to: Addresses) =>
    `tmpl src ${from.node} dst ${to.node} proto esp mode tunnel reqid 1`;
  return pairs
    .map((pair) => (here === one ? pair : ([pair[1], pair[0]] as const)))
    .flatMap(([mine, theirs]) => [
      `src ${mine} dst ${theirs} dir out ${tunnel(here, there)}`,
      `src ${theirs} dst ${mine} dir in ${tunnel(there, here)}`,
      `src ${theirs} dst ${mine} dir fwd ${tunnel(there, here)}`,
    ])
    .map((policy) => `ip -n ${node} xfrm policy add ${policy}`)
    .join('\n');
}

function receivedOf(ping: string): number {
  return Number(/(\d+) received/.exec(ping)?.[1] ?? Number.NaN);
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}
