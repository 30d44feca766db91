// Runs on a node of the kernel lab: does as its argument says and prints whether our table is there.
import {
  installExemption,
  isExemptionInstalled,
  openNetlink,
  removeExemption,
} from '../../../src/netlink/index.js';

const socket = await openNetlink('netfilter');
if (process.argv[2] === 'install') await installExemption(socket);
if (process.argv[2] === 'remove') await removeExemption(socket);
console.log(await isExemptionInstalled(socket));
socket.close();
