export { type KeyLine, type KeyLineProblem, type KeyMaterial, parseKeyLines } from './key-line.js';
