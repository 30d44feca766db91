export { chartFiles } from './files.js';
export { HELM_OWN } from './helm-own.js';
