export { findFamily, getFamilyId, MissingFamilyError } from './family.js';
