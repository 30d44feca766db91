import { type Attribute, parseAttributes } from '../wire/attributes.js';
import type { Writer } from '../wire/writer.js';
import { NAT_FLAG } from './constants.js';
import { numberOf, payloadOf, textOf } from './message.js';

/** A step of a rule, such as to load something into a register or to compare it. */
export interface Expression {
  /** Of the kernel's module: `meta`, `cmp`, `rt`, `payload`, `nat`; fields of others are not read. */
  readonly name: string;
  /** Numbers, and the bytes to compare with. */
  readonly fields: Readonly<Record<string, number | Uint8Array>>;
}

/*
 * enum nft_list_attributes: NFTA_LIST_ELEM (1), an expression each
 * enum nft_expr_attributes
 * | type | name                                      |
 * |    1 | NFTA_EXPR_NAME                             |
 * |    2 | NFTA_EXPR_DATA: attributes as in `FIELDS`  |
 *
 * enum nft_data_attributes: NFTA_DATA_VALUE (1), within NFTA_CMP_DATA
 */
const LIST_ELEMENT = 1;
const ATTRIBUTE = { name: 1, data: 2 } as const;
const DATA_VALUE = 1;

/**
 * enum nft_meta_attributes and so on: the attributes of each expression, in the order in which nft
 * writes them. All are integers of 32 bits but the value of `cmp`.
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
  }),
);

/** Writes the expressions of a rule; fields that their name does not have are left out. */
export function writeExpressions(writer: Writer, expressions: readonly Expression[]): void {
  for (const { name, fields } of expressions) {
    writer.nested(LIST_ELEMENT, () => {
      writer.attributeText(ATTRIBUTE.name, name);
      writer.nested(ATTRIBUTE.data, () => {
        for (const [field, type] of fieldsOf(name)) writeField(writer, type, fields[field]);
      });
    });
  }
}

function fieldsOf(name: string): [field: string, type: number][] {
  return Object.entries(FIELDS.get(name) ?? {});
}

function writeField(writer: Writer, type: number, value: number | Uint8Array | undefined): void {
  if (value === undefined) return;
  if (typeof value === 'number') writer.attributeBe32(type, value);
  else writer.nested(type, () => writer.attributeBytes(DATA_VALUE, value));
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
      const value = readField(data, name, field, type);
      return value === undefined ? [] : [[field, value] as const];
    }),
  );
  return { name, fields: name === 'nat' ? withoutImplied(fields) : fields };
}

function readField(
  data: readonly Attribute[],
  name: string,
  field: string,
  type: number,
): number | Uint8Array | undefined {
  if (name !== 'cmp' || field !== 'value') return numberOf(data, type);
  const value = payloadOf(parseAttributes(payloadOf(data, type) ?? new Uint8Array(0)), DATA_VALUE);
  // A copy, as receive buffers are used again.
  return value && new Uint8Array(value);
}

/** The kernel tells of an address also that it is its own last one, and that addresses are mapped. */
function withoutImplied({ lastAddress, flags, ...fields }: Expression['fields']) {
  const others = typeof flags === 'number' ? (flags & ~NAT_FLAG.mapAddresses) >>> 0 : 0;
  return {
    ...fields,
    ...(lastAddress === undefined || lastAddress === fields.firstAddress ? {} : { lastAddress }),
    ...(others === 0 ? {} : { flags: others }),
  };
}
