// The little of ELF (System V gABI, 64 bits, little-endian) that an image needs, for any processor and
// without binutils, whose output depends on its version.

const TYPE = { load: 1, dynamic: 2, interpreter: 3 };
const TAG = { end: 0, needed: 1, stringTable: 5 };

/**
 * A copy without what follows the last loaded byte: symbol table, debug information and section headers,
 * none of which is read to run a program. The same as `strip`, but for a header's few bytes.
 *
 * @param {Buffer} elf
 * @returns {Buffer}
 */
export function withoutSymbols(elf) {
  const ends = programHeaders(elf).map(({ offset, size }) => offset + size);
  const copy = Buffer.from(elf.subarray(0, Math.max(...ends)));
  copy.writeBigUInt64LE(0n, 0x28); // e_shoff
  copy.writeUInt16LE(0, 0x3c); // e_shnum
  copy.writeUInt16LE(0, 0x3e); // e_shstrndx
  return copy;
}

/** The path of the loader that runs this program; undefined for a library. */
export function interpreter(elf) {
  const header = programHeaders(elf).find(({ type }) => type === TYPE.interpreter);
  return header && stringAt(elf, header.offset);
}

/** The names of the libraries that must be there to load this one. */
export function neededLibraries(elf) {
  const entries = dynamicEntries(elf);
  const strings = entries.find(([tag]) => tag === TAG.stringTable);
  if (strings === undefined) return [];
  const table = fileOffset(elf, strings[1]);
  return entries.filter(([tag]) => tag === TAG.needed).map(([, at]) => stringAt(elf, table + at));
}

function programHeaders(elf) {
  if (elf.toString('latin1', 0, 4) !== '\x7fELF' || elf[4] !== 2 || elf[5] !== 1) {
    throw new Error('not a 64-bit little-endian ELF file');
  }
  const start = Number(elf.readBigUInt64LE(0x20));
  const entrySize = elf.readUInt16LE(0x36);
  return Array.from({ length: elf.readUInt16LE(0x38) }, (_, index) => {
    const at = start + index * entrySize;
    return {
      type: elf.readUInt32LE(at),
      offset: Number(elf.readBigUInt64LE(at + 8)),
      address: Number(elf.readBigUInt64LE(at + 16)),
      size: Number(elf.readBigUInt64LE(at + 32)),
    };
  });
}

function dynamicEntries(elf) {
  const header = programHeaders(elf).find(({ type }) => type === TYPE.dynamic);
  const entries = [];
  for (let at = header?.offset ?? 0; at < (header ? header.offset + header.size : 0); at += 16) {
    const tag = Number(elf.readBigInt64LE(at));
    if (tag === TAG.end) break;
    entries.push([tag, Number(elf.readBigUInt64LE(at + 8))]);
  }
  return entries;
}

function fileOffset(elf, address) {
  const found = programHeaders(elf).find(
    (header) =>
      header.type === TYPE.load &&
      address >= header.address &&
      address < header.address + header.size,
  );
  if (found === undefined) throw new Error('an ELF file refers to an address that is not in it');
  return found.offset + address - found.address;
}

function stringAt(elf, offset) {
  return elf.toString('latin1', offset, elf.indexOf(0, offset));
}
