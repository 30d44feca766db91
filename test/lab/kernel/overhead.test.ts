import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { labDescribe } from '../lab-describe.js';
import { type Guest, guestNeeds, startGuest } from './guest.js';
import { addressesOf, buildTopology, type Topology } from './topology.js';

/** A row of the table in docs/wire.md, bytes but for the names. */
interface Row {
  readonly algorithms: readonly string[];
  readonly icv: number;
  /** What ESP adds to a packet, least and most, and the path MTU of a wire of 1500. */
  readonly ipv4: Figures;
  readonly ipv6: Figures;
}
interface Figures {
  readonly added: string;
  readonly mtu: number;
}

const ROWS: readonly Row[] = readFileSync('docs/wire.md', 'utf8')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .filter((cells) => cells.length === 10 && /^`.*\)`$/.test(cells[1] ?? ''))
  .map(([, names = '', , icv, , four = '', six = '', mtu4, mtu6]) => ({
    algorithms: names.split(/[` ]+/).filter((name) => name !== ''),
    icv: Number(icv),
    ipv4: { added: four, mtu: Number(mtu4) },
    ipv6: { added: six, mtu: Number(mtu6) },
  }));

const [one, two] = [addressesOf(1), addressesOf(2)];
const ENDS = { ipv4: [one.node, two.node], ipv6: [one.node6, two.node6] } as const;
const KEY_BYTES: Readonly<Record<string, number>> = {
  'rfc4106(gcm(aes))': 20,
  'rfc4309(ccm(aes))': 19,
  'rfc7539esp(chacha20,poly1305)': 36,
  'cbc(aes)': 32,
  'rfc3686(ctr(aes))': 36,
  'hmac(sha256)': 32,
  'hmac(sha384)': 48,
  'hmac(sha512)': 64,
};
/** A pod's range for each row and family, and the SPI of its SA. */
const CASES = ROWS.flatMap((row, index) =>
  (['ipv4', 'ipv6'] as const).map((family, half) => ({
    row,
    family,
    range: `10.${250 + half}.${index + 1}`,
    spi: 0x1000 * (half + 1) + index,
  })),
);
/** Sixteen lengths in a row meet every padding. */
const LENGTHS = Array.from({ length: 16 }, (_, index) => 128 + index);
const UDP_OVER_IPV4 = 28;
/** Ample for some hundred small programs under emulation, in milliseconds. */
const PATIENCE = 400_000;

// The figures of docs/wire.md are read from there and asked of the kernel.
labDescribe('the bytes that ESP adds', guestNeeds, () => {
  let guest: Guest;
  let topology: Topology;
  beforeAll(async () => {
    guest = await startGuest({ cpus: 1 });
    topology = await buildTopology(guest, 2);
    await guest.script(CASES.map(tunnel).join('\n'));
  }, PATIENCE);
  afterAll(() => guest?.stop());

  it('are those of the table, whatever the length of a packet', { timeout: PATIENCE }, async () => {
    expect(ROWS.length).toBeGreaterThan(5);
    const wire = await topology.capture();
    for (const { range } of CASES) {
      const send = LENGTHS.map((n) => `head -c ${n} /dev/zero > /dev/udp/${range}.2/9`).join('\n');
      await topology.inPod(1, 'bash', ['-ec', send]);
    }
    const seen = await wire.stop();
    const found = CASES.map(({ row, family, spi }) => ({
      algorithms: row.algorithms,
      family,
      added: addedIn(seen, spi, family === 'ipv4' ? 20 : 40),
    }));
    expect(found).toEqual(
      CASES.map(({ row, family }) => ({
        algorithms: row.algorithms,
        family,
        added: row[family].added,
      })),
    );
  });

  it('are told to the pod that sends too much, with no error counted', {
    timeout: PATIENCE,
  }, async () => {
    // The node would answer some of so many only.
    await topology.onNode(1, 'sysctl', ['-qw', 'net.ipv4.icmp_ratelimit=0']);
    // Each sends thrice, as whoever sends again after a loss, and none waits for ever.
    const pings = CASES.map(
      ({ range }) => `timeout 60 ping -c 3 -i 0.2 -W 2 -M do -s 1472 ${range}.3 &`,
    );
    await topology.inPod(1, 'bash', ['-c', `${pings.join('\n')}\nwait`]);
    const routes = await topology.inPod(1, 'ip', ['route', 'show', 'cache']);
    const others = CASES.flatMap(({ row, family, range }) => {
      const [, mtu] =
        new RegExp(`^${range}\\.3 via [^\\n]*\\n[^\\n]*mtu (\\d+)`, 'm').exec(routes.stdout) ?? [];
      return Number(mtu) === row[family].mtu
        ? []
        : [`${row.algorithms.join(' ')} ${family} ${mtu}`];
    });
    expect(others).toEqual([]);
    const counters = await topology.onNode(1, 'cat', ['/proc/net/xfrm_stat']);
    expect(counters.stdout).toMatch(/^XfrmOutStateModeError\s+0$/m);
    expect(counters.stdout).toMatch(/^XfrmOutError\s+0$/m);
  });

  it('leave DSCP in sight, and whether a packet may be cut, which it is when encrypted', {
    timeout: PATIENCE,
  }, async () => {
    const [first] = CASES;
    const wire = await topology.capture();
    const ping = `ping -c 1 -W 1 -Q 0x28 ${first?.range}.4`;
    await topology.inPod(1, 'bash', ['-c', `${ping} -M do -s 100; ${ping} -M dont -s 1472`]);
    const seen = await wire.stop();
    const hex = new RegExp(
      `${one.node} > ${two.node}: .*\n.*0x0000: +(\\w+) \\w+ \\w+ (\\w+)`,
      'g',
    );
    const [whole, head, tail] = [...seen.matchAll(hex)].map(([line, ...words]) => ({
      line,
      words,
    }));
    // Version, length of the header and DSCP; flags and offset of a fragment in units of eight bytes.
    expect(whole?.words).toEqual(['4528', '4000']);
    expect(whole?.line).toContain('ESP(');
    expect(head?.words).toEqual(['4528', '2000']);
    expect(head?.line).toContain('ESP(');
    expect(tail?.words).toEqual(['4528', (1480 / 8).toString(16).padStart(4, '0')]);
  });

  it('come by a node’s own packet filter twice: as ESP, and as what was inside', {
    timeout: PATIENCE,
  }, async () => {
    const sa = `src ${one.node} dst ${two.node} proto esp spi 0x5001 reqid 5 mode tunnel ${AES}`;
    const policy = `src ${one.node} dst ${two.node} proto udp dport 9987`;
    const template = `tmpl src ${one.node} dst ${two.node} proto esp reqid 5 mode tunnel`;
    await guest.script(`
      ip -n n1 xfrm state add ${sa}; ip -n n2 xfrm state add ${sa}
      ip -n n1 xfrm policy add ${policy} dir out ${template}
      ip -n n2 xfrm policy add ${policy} dir in ${template}`);
    await guest.script('ip netns exec n2 nft -f -', {
      input: `
        table inet filter {
          chain input {
            type filter hook input priority 0
            ip protocol 50 counter
            udp dport 9987 counter
          }
        }`,
    });
    const tap = topology.startOnNode(2, 'tcpdump', ['-i', 'eth0', '-nnl', '--immediate-mode']);
    await tap.prints(/listening on/);
    await topology.onNode(1, 'bash', ['-c', `echo probe > /dev/udp/${two.node}/9987`]);
    // So who captures on a node sees what came in once more, as if it had been in plaintext.
    await tap.prints(/9987: UDP/);
    tap.signal('SIGINT');
    const { stdout } = await tap.ended;
    expect(stdout).toContain(`${one.node} > ${two.node}: ESP(spi=0x00005001`);
    const rules = await topology.onNode(2, 'nft', ['list', 'ruleset']);
    expect(rules.stdout).toMatch(/ip protocol (50|esp) counter packets 1 /);
    expect(rules.stdout).toMatch(/udp dport 9987 counter packets 1 /);
  });
});

const AES = "aead 'rfc4106(gcm(aes))' 0x0102030405060708090a0b0c0d0e0f1011121314 128";

function tunnel({ row, family, range, spi }: (typeof CASES)[number]): string {
  const [source, destination] = ENDS[family];
  const ends = `src ${source} dst ${destination} proto esp`;
  return [
    // As the agent installs them: with 64-bit sequence numbers, which add nothing.
    `ip -n n1 xfrm state add ${ends} spi ${spi} reqid ${spi} mode tunnel replay-window 1024 flag esn af-unspec ${keysOf(row)}`,
    `ip -n n1 xfrm policy add src ${one.podCidr} dst ${range}.0/24 dir out tmpl ${ends} reqid ${spi} mode tunnel`,
    `ip -n n1 route add ${range}.0/24 via ${two.node}`,
  ].join('\n');
}

function keysOf({ algorithms, icv }: Row): string {
  const key = (name: string): string => `'${name}' 0x${'5a'.repeat(KEY_BYTES[name] ?? 0)}`;
  const [first = '', second] = algorithms;
  return second === undefined
    ? `aead ${key(first)} ${icv * 8}`
    : `auth-trunc ${key(first)} ${icv * 8} enc ${key(second)}`;
}

/** What was added to packets of {@link LENGTHS}, as the table writes it. */
function addedIn(seen: string, spi: number, header: number): string {
  const hex = `0x${spi.toString(16).padStart(8, '0')}`;
  const lengths = [...seen.matchAll(new RegExp(`ESP\\(spi=${hex},[^)]*\\), length (\\d+)`, 'g'))];
  const added = lengths.map(
    ([, length], index) => header + Number(length) - UDP_OVER_IPV4 - (LENGTHS[index] ?? 0),
  );
  return `${Math.min(...added)}–${Math.max(...added)} of ${added.length}`.replace(' of 16', '');
}
