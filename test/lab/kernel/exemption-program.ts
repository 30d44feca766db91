// Runs on a node of the kernel lab: does as its arguments say and prints whether our table is there; for
// `forget PREFIX ADDRESS…` how many connections were masqueraded.
import { Exemption } from '../../../src/engine/ipsec/index.js';
import { parseAddress, parsePrefix } from '../../../src/net/index.js';
import {
  installExemption,
  isExemptionInstalled,
  openNetlink,
  removeExemption,
} from '../../../src/netlink/index.js';

const [, , action, ...rest] = process.argv;
if (action === 'forget') {
  const exemption = new Exemption(() => {});
  await exemption.ensure();
  const [prefixes = [], remotes = []] = [rest.slice(0, 2), rest.slice(2)];
  const count = await exemption.forgetMasqueraded(
    prefixes.flatMap((text) => parsePrefix(text) ?? []),
    remotes.flatMap((text) => parseAddress(text) ?? []),
  );
  console.log(count);
  exemption.close();
} else {
  const socket = await openNetlink('netfilter');
  if (action === 'install') await installExemption(socket);
  if (action === 'remove') await removeExemption(socket);
  console.log(await isExemptionInstalled(socket));
  socket.close();
}
