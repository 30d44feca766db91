/** Files that hold secrets. */
export { type FoundFile, PrivateFile } from './private-file.js';
