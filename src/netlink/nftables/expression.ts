import { type Attribute, parseAttributes } from '../wire/attributes.js';
import { decodeText } from '../wire/reader.js';
import type { Writer } from '../wire/writer.js';
import { NAT_FLAG, setIdOf } from './constants.js';
import { numberOf, payloadOf, textOf } from './message.js';

/** A step of a rule, such as to load something into a register or to compare it. */
export interface Expression {
  /** Of the kernel's module, such as `meta`; fields of those that are not in `FIELDS` are not read. */
  readonly name: string;
  readonly fields: Readonly<Record<string, Field>>;
}

/** A number, the bytes to compare with, or the name of a set. */
type Field = number | string | Uint8Array;

/*
 * enum nft_list_attributes: NFTA_LIST_ELEM (1), an expression each
 * enum nft_expr_attributes
 * | type | name                                      |
 * |    1 | NFTA_EXPR_NAME                             |
 * |    2 | NFTA_EXPR_DATA: attributes as in `FIELDS`  |
 *
 * enum nft_data_attributes: NFTA_DATA_VALUE (1), within NFTA_CMP_DATA; NFTA_DATA_VERDICT (2), within
 * NFTA_IMMEDIATE_DATA, holds NFTA_VERDICT_CODE (1)
 */
const LIST_ELEMENT = 1;
const ATTRIBUTE = { name: 1, data: 2 } as const;
const DATA = { value: 1, verdict: 2 } as const;
const VERDICT_CODE = 1;

/**
 * enum nft_meta_attributes and so on: the attributes of each expression, in the order in which nft
 * writes them. All are integers of 32 bits but for `value`, `verdict` and `set`.
 */
const FIELDS: ReadonlyMap<string, Readonly<Record<string, number>>> = new Map(
  Object.entries({
    meta: { key: 2, destination: 1, source: 3 },
    cmp: { source: 1, operator: 2, value: 3 },
    rt: { key: 2, destination: 1 },
    payload: { destination: 1, base: 2, offset: 3, length: 4, source: 5 },
    nat: {
      type: 1,
      family: 2,
      firstAddress: 3,
      lastAddress: 4,
      firstPort: 5,
      lastPort: 6,
      flags: 7,
    },
    lookup: { source: 2, set: 1, setId: 4, flags: 5 },
    immediate: { destination: 1, verdict: 2, value: 2 },
  }),
);

/** Writes the expressions of a rule; fields that their name does not have are left out. */
export function writeExpressions(writer: Writer, expressions: readonly Expression[]): void {
  for (const { name, fields } of expressions) {
    writer.nested(LIST_ELEMENT, () => {
      writer.attributeText(ATTRIBUTE.name, name);
      writer.nested(ATTRIBUTE.data, () => {
        const all = name === 'lookup' ? { setId: setIdOf(String(fields.set)), ...fields } : fields;
        for (const [field, type] of fieldsOf(name)) writeField(writer, field, type, all[field]);
      });
    });
  }
}

function fieldsOf(name: string): [field: string, type: number][] {
  return Object.entries(FIELDS.get(name) ?? {});
}

function writeField(writer: Writer, field: string, type: number, value: Field | undefined): void {
  if (value === undefined) return;
  if (typeof value === 'string') writer.attributeText(type, value);
  else if (typeof value !== 'number') {
    writer.nested(type, () => writer.attributeBytes(DATA.value, value));
  } else if (field === 'verdict') {
    writer.nested(type, () =>
      writer.nested(DATA.verdict, () => writer.attributeBe32(VERDICT_CODE, value)),
    );
  } else writer.attributeBe32(type, value);
}

/** Reads the expressions of a rule. @throws NetlinkParseError */
export function readExpressions(bytes: Uint8Array): Expression[] {
  return parseAttributes(bytes)
    .filter(({ type }) => type === LIST_ELEMENT)
    .map(({ payload }) => readExpression(payload));
}

function readExpression(bytes: Uint8Array): Expression {
  const attributes = parseAttributes(bytes);
  const name = textOf(attributes, ATTRIBUTE.name);
  const data = parseAttributes(payloadOf(attributes, ATTRIBUTE.data) ?? new Uint8Array(0));
  const fields = Object.fromEntries(
    fieldsOf(name).flatMap(([field, type]) => {
      const value = readField(data, field, type);
      return value === undefined ? [] : [[field, value] as const];
    }),
  );
  return { name, fields: withoutImplied(name, fields) };
}

function readField(data: readonly Attribute[], field: string, type: number): Field | undefined {
  const payload = payloadOf(data, type);
  if (payload === undefined) return undefined;
  switch (field) {
    case 'set':
      return decodeText(payload);
    case 'value': {
      const value = payloadOf(parseAttributes(payload), DATA.value);
      // A copy, as receive buffers are used again.
      return value && new Uint8Array(value);
    }
    case 'verdict': {
      const verdict = payloadOf(parseAttributes(payload), DATA.verdict);
      return verdict && numberOf(parseAttributes(verdict), VERDICT_CODE);
    }
    default:
      return numberOf(data, type);
  }
}

/** The kernel tells more than it was told. */
function withoutImplied(name: string, fields: Expression['fields']): Expression['fields'] {
  if (name === 'nat') return withoutImpliedOfNat(fields);
  return name === 'lookup' ? withoutImpliedOfLookup(fields) : fields;
}

/** Of a lookup also that it has no flags. */
function withoutImpliedOfLookup({ setId: _, flags, ...fields }: Expression['fields']) {
  return { ...fields, ...(flags === undefined || flags === 0 ? {} : { flags }) };
}

/** Of an address also that it is its own last one, and that addresses are mapped. */
function withoutImpliedOfNat({ lastAddress, flags, ...fields }: Expression['fields']) {
  const others = typeof flags === 'number' ? (flags & ~NAT_FLAG.mapAddresses) >>> 0 : 0;
  return {
    ...fields,
    ...(lastAddress === undefined || lastAddress === fields.firstAddress ? {} : { lastAddress }),
    ...(others === 0 ? {} : { flags: others }),
  };
}
