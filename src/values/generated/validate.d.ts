// Generated from src/values/schema.json by `npm run generate`. Do not edit.
import type { ErrorObject } from 'ajv';
/** Validates merged values; after `false`, `errors` holds every violation. */
declare const validate: { (data: unknown): boolean; errors?: ErrorObject[] | null };
export { validate };
