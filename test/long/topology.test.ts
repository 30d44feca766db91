import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Guest, guestNeeds, startGuest } from '../lab/kernel/guest.js';
import { addressesOf, buildTopology, type Topology } from '../lab/kernel/topology.js';
import { labDescribe } from '../lab/lab-describe.js';

/** Readable on the wire only where nothing encrypts it. */
const MARKER = '504c41494e54455854'; // PLAINTEXT
const marked = (target: string) => ['-c', '3', '-i', '0.2', '-W', '2', '-p', MARKER, target];

labDescribe('the wire of the kernel lab', guestNeeds, () => {
  let guest: Guest;
  let topology: Topology;
  beforeAll(async () => {
    guest = await startGuest();
    topology = await buildTopology(guest, 2);
  });
  afterAll(() => guest?.stop());

  const [one, two] = [addressesOf(1), addressesOf(2)];

  it('shows what the pods say while nothing is encrypted', async () => {
    const wire = await topology.capture();
    const v4 = await topology.inPod(1, 'ping', marked(two.pod));
    const v6 = await topology.inPod(2, 'ping', marked(one.pod6));
    const seen = await wire.stop();

    expect([v4.code, v6.code]).toEqual([0, 0]);
    expect(seen).toContain(`${one.pod} > ${two.pod}: ICMP echo request`);
    expect(seen).toContain(`${two.pod6} > ${one.pod6}: ICMP6, echo request`);
    expect(seen).toContain('PLAINTEXT');
  });

  it('shows ESP and nothing readable once an SA and a policy are there', async () => {
    const key = "aead 'rfc4106(gcm(aes))' 0x0102030405060708090a0b0c0d0e0f1011121314 128";
    const tunnel = (from: typeof one, to: typeof one) =>
      `src ${from.node} dst ${to.node} proto esp mode tunnel reqid 1`;
    const both = (node: string, out: [typeof one, typeof one]) =>
      [
        `ip -n ${node} xfrm state add ${tunnel(one, two).replace('mode', 'spi 0x1001 mode')} ${key}`,
        `ip -n ${node} xfrm state add ${tunnel(two, one).replace('mode', 'spi 0x1002 mode')} ${key}`,
        `ip -n ${node} xfrm policy add src ${out[0].podCidr} dst ${out[1].podCidr} dir out tmpl ${tunnel(...out)}`,
        ...['in', 'fwd'].map(
          (direction) =>
            `ip -n ${node} xfrm policy add src ${out[1].podCidr} dst ${out[0].podCidr} dir ${direction} tmpl ${tunnel(out[1], out[0])}`,
        ),
      ].join('\n');
    await guest.script(`${both('n1', [one, two])}\n${both('n2', [two, one])}`);
    const wire = await topology.capture();
    const ping = await topology.inPod(1, 'ping', marked(two.pod));
    const seen = await wire.stop();

    expect(ping.stdout).toContain('3 received');
    expect(seen).toContain(`${one.node} > ${two.node}: ESP(spi=0x00001001`);
    expect(seen).not.toContain('PLAINTEXT');
    expect(seen).not.toContain(one.pod);
  });
});
