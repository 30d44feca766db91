// Runs in a guest of the kernel lab: prints what the engine reads there of WireGuard's, and of the node's network.
import { NodeNetwork } from '../../../src/agent/node-network.js';
import { WireguardKernel } from '../../../src/engine/wireguard/index.js';
import { formatPrefix } from '../../../src/net/index.js';

const kernel = await WireguardKernel.open(() => {});
await kernel.listen();
const { devices, routes, rules } = await kernel.read();
kernel.close();
const network = await NodeNetwork.open(() => {});
if (!('read' in network)) throw new Error(network.message);
const found = await network.read();
network.close();
const textOf = ({ destination, table }: (typeof routes)[number]): string =>
  `${formatPrefix(destination)} table ${table}`;
console.log(
  JSON.stringify({
    devices: devices.map(({ link }) => link.name),
    routes: routes.map(textOf),
    rules: rules.map(({ family, priority }) => `IPv${family} ${priority}`),
    network: found.routes.map(textOf).filter((text) => text.startsWith('10.9.')),
  }),
);
