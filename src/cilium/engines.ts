import { type Json, SCHEMA } from '../values/index.js';

const ENGINES = SCHEMA.properties?.encryption?.properties?.type?.enum ?? [];

/** Whether it is a type of encryption that Podcloak has, too. */
export function isEngine(value: Json): boolean {
  return ENGINES.some((one) => one === value);
}
