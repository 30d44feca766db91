/** The lab in which agents are tested. */
export {
  type AgentLab,
  type AgentLabOptions,
  agentLabNeeds,
  freshKeyLine,
  type LabNode,
  startAgentLab,
} from './agent-lab.js';
export { type Agent, type AgentProgram, type HealthAnswer, METRICS_PORT } from './agent-process.js';
export { type NodeTools, type PolicyText, type XfrmTools, xfrmTools } from './node-tools.js';
export * from './traffic/index.js';
export * from './wire/index.js';
