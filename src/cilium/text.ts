import { blockYaml } from '../render/yaml.js';
import type { JsonObject } from '../values/index.js';
import { VERSION } from '../version.js';

/** The values as a file. Written by our own printer, as helm and we must read the same. */
export function valuesFileText(values: JsonObject, from: string): string {
  const header = `# Values of Podcloak ${VERSION}, from Cilium's in ${JSON.stringify(from)}.\n`;
  return Object.keys(values).length === 0 ? `${header}{}\n` : header + blockYaml(values);
}
