import { hasFlag, type Invocation, lastValue } from '../cli/command.js';
import { type Io, report } from '../cli/io.js';
import { printJson, wantsJson } from '../cli/output.js';
import { diagnostic, show } from '../errors/index.js';
import { AGENT_SOCKET } from '../manifests/names.js';
import { agentClient } from './agent-client.js';
import { confirms } from './ask.js';
import { reporting } from './run.js';

/** `podcloak encrypt forget NODE`. */
export function forget(invocation: Invocation, io: Io): Promise<number> {
  return reporting(io, async () => {
    const [node] = invocation.arguments;
    if (node === undefined || node === '') {
      report(io, [diagnostic('PC403', 'forget needs the name of a node')]);
      return 2;
    }
    const consequence = `Forgetting node ${show(node)} lets packets to and from its pod addresses pass in plaintext.`;
    if (!hasFlag(invocation, 'force') && !confirms(io, consequence)) {
      if (wantsJson(invocation)) printJson(io, { outcome: 'declined', node });
      else io.out('Nothing was changed.\n');
      return 0;
    }
    const answer = await agentClient(lastValue(invocation, 'socket') ?? AGENT_SOCKET).forget(node);
    if (wantsJson(invocation)) printJson(io, answer);
    switch (answer.outcome) {
      case 'forgotten': {
        if (wantsJson(invocation)) return 0;
        const ranges = answer.podCIDRs.length === 0 ? 'no pod range' : answer.podCIDRs.join(', ');
        io.out(`Forgot node ${answer.node}: ${ranges} no longer blocked on this node.\n`);
        return 0;
      }
      case 'unknown':
        report(io, [diagnostic('PC431', `nothing is remembered of node ${show(node)}`)]);
        return 2;
      case 'alive':
        report(io, [diagnostic('PC432', `node ${show(node)} is not gone: ${answer.reason}`)]);
        return 2;
    }
  });
}
