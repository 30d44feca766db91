/** Findings about values, as text, JSON and SARIF; pure. */
export { type Finding, findingOf, type LintReport, lintReport } from './json.js';
export { type SarifOptions, sarifLog } from './sarif.js';
export { lintText } from './text.js';
