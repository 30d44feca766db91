/** Ends agents at their writes to the kernel: fixtures/die-at-write.mjs, from a test's side. */
import type { AgentProgram } from './agent-process.js';
import type { LabNode } from './index.js';

/** A moment in the course of an agent's writes, in the fixture's words: `before 3`, `after 3`. */
export type Moment = `before ${number}` | `after ${number}`;

/** The number of the write that it is about. */
export function writeOf(moment: Moment): number {
  return Number(moment.split(' ')[1]);
}

const FIXTURE = new URL('./fixtures/die-at-write.mjs', import.meta.url).pathname;

function folderOf({ name }: LabNode): string {
  return `/run/lab/${name}/writes`;
}

/** For `agentWith`: an agent that can be armed. */
export function countsWrites(node: LabNode): Partial<AgentProgram> {
  return { nodeOptions: ['--import', FIXTURE], env: { DIE_AT_WRITE: folderOf(node) } };
}

/** From now on writes are counted and listed; at this moment, if one is given, the agent dies. */
export async function arm(node: LabNode, when?: Moment): Promise<void> {
  const folder = folderOf(node);
  await node.script(
    `mkdir -p ${folder}; rm -f ${folder}/*; : >${folder}/writes; echo '${when ?? ''}' >${folder}/new; mv ${folder}/new ${folder}/armed`,
  );
}

/** No more counting. @returns whether it was still to die */
export async function disarm(node: LabNode): Promise<boolean> {
  const folder = folderOf(node);
  const said = await node.script(`[ ! -e ${folder}/armed ] || echo yes; rm -f ${folder}/armed`);
  return said.trim() === 'yes';
}

/** The names of the writes since the agent was armed, in their order. */
export async function writesOf(node: LabNode): Promise<readonly string[]> {
  return (await lines(node)).map((line) => line.split(' ').slice(2).join(' '));
}

/**
 * Every moment at which these writes can be cut short: after each, and before each datagram, as the agent
 * saves what it is about to do.
 */
export async function momentsOf(node: LabNode): Promise<readonly Moment[]> {
  return (await lines(node)).flatMap((line): Moment[] => {
    const [number, place] = line.split(' ');
    const after: Moment = `after ${Number(number)}`;
    return place === 'first' ? [`before ${Number(number)}`, after] : [after];
  });
}

async function lines(node: LabNode): Promise<readonly string[]> {
  const text = await node.script(`cat ${folderOf(node)}/writes`);
  return text.split('\n').filter((line) => line !== '');
}
