import { describe, expect, it } from 'vitest';
import { parseKeyLines } from '../../src/key-lines/index.js';

// The guide: echo "3+ rfc4106(gcm(aes)) $(dd if=/dev/urandom count=20 bs=1 | xxd -p -c 64) 128"
const HEX20 = '44434241343332312423222114131211f4f3f2f1';
const GUIDE = `3+ rfc4106(gcm(aes)) ${HEX20} 128`;
const HEX16 = HEX20.slice(0, 32);
const HEX32 = HEX16 + [...HEX16].reverse().join('');
const PAIR = `4+ hmac(sha256) ${HEX32} cbc(aes) ${HEX32}`;

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));

describe('a key file', () => {
  it("holds the guide's line, byte for byte", () => {
    const key = {
      keyId: 3,
      perTunnel: true,
      line: 1,
      form: 'aead',
      aead: { algorithm: 'rfc4106(gcm(aes))', psk: bytes(HEX20) },
      icvBits: 128,
    };
    expect(parseKeyLines(GUIDE)).toEqual({ keys: [key], problems: [] });
    expect(parseKeyLines(`${GUIDE}\n`)).toEqual({ keys: [key], problems: [] });
  });

  it('may hold a line of two algorithms', () => {
    expect(parseKeyLines(PAIR)).toEqual({
      keys: [
        {
          keyId: 4,
          perTunnel: true,
          line: 1,
          form: 'auth-encryption',
          authentication: { algorithm: 'hmac(sha256)', psk: bytes(HEX32) },
          encryption: { algorithm: 'cbc(aes)', psk: bytes(HEX32) },
        },
      ],
      problems: [],
    });
  });

  it.each([
    ['CRLF', '\r\n'],
    ['LF', '\n'],
    ['CR', '\r'],
  ])('may have several lines that end in %s, comments and empty ones between them', (_, end) => {
    const { keys, problems } = parseKeyLines(['# ours', '', GUIDE, ` \t${PAIR} `, ''].join(end));
    expect(problems).toEqual([]);
    expect(keys.map(({ keyId, line }) => [keyId, line])).toEqual([
      [3, 3],
      [4, 4],
    ]);
  });

  it('may begin with a byte order mark, and separate fields by tabs', () => {
    expect(parseKeyLines(`\ufeff${GUIDE.replaceAll(' ', '\t')}`)).toMatchObject({
      keys: [{ keyId: 3 }],
      problems: [],
    });
  });

  it.each([
    ['capital digits', `3+ rfc4106(gcm(aes)) ${HEX20.toUpperCase()} 128`],
    ['a prefix 0x', `3+ rfc4106(gcm(aes)) 0x${HEX20} 128`],
  ])('may give the key with %s', (_, line) => {
    expect(parseKeyLines(line)).toMatchObject({ keys: [{ aead: { psk: bytes(HEX20) } }] });
  });

  it('keeps the good lines beside the bad ones', () => {
    const { keys, problems } = parseKeyLines(`nonsense\n${GUIDE}\n99+ x y 1\n${PAIR}`);
    expect(keys.map(({ keyId }) => keyId)).toEqual([3, 4]);
    expect(problems.map(({ code, line }) => [code, line])).toEqual([
      ['PC302', 1],
      ['PC303', 1],
      ['PC302', 3],
      ['PC305', 3],
      ['PC307', 3],
    ]);
  });
});

describe('a key line that is refused', () => {
  it.each<[string, string, string]>([
    ['PC301', 'nothing', ''],
    ['PC301', 'only comments', '# 3+\n\n'],
    ['PC302', 'a key id of zero', GUIDE.replace('3+', '0+')],
    ['PC302', 'a key id over 15', GUIDE.replace('3+', '16+')],
    ['PC302', 'a key id of three digits', GUIDE.replace('3+', '003+')],
    ['PC302', 'a plus sign in front', GUIDE.replace('3+', '+3')],
    ['PC303', 'no length', GUIDE.replace(' 128', '')],
    ['PC303', 'a comment behind it', `${PAIR} # mine`],
    ['PC304', 'a capital letter in the algorithm', GUIDE.replace('gcm', 'GCM')],
    ['PC304', 'a bracket too few', GUIDE.replace('))', ')')],
    ['PC304', 'brackets the wrong way round', GUIDE.replace('(gcm(aes))', '()gcm(aes)')],
    ['PC304', 'an algorithm of 64 characters', GUIDE.replace('rfc4106(gcm(aes))', 'a'.repeat(64))],
    ['PC304', 'a cipher that does not authenticate', `3+ cbc(aes) ${HEX16} 128`],
    ['PC304', 'a hash for a cipher', `3+ hmac(sha256) ${HEX32} hmac(sha512) ${HEX32}`],
    ['PC305', 'an odd number of digits', GUIDE.replace('f1 ', 'f ')],
    ['PC305', 'something else than digits', GUIDE.replace('f1 ', 'fg ')],
    ['PC305', 'no digits at all', GUIDE.replace(HEX20, '0x')],
    ['PC306', 'a key a byte too short', GUIDE.replace('f1 ', ' ')],
    ['PC306', 'a cipher key of a wrong length', PAIR.replace(/..$/, '')],
    ['PC307', 'a length that the algorithm does not have', GUIDE.replace('128', '32')],
    ['PC307', 'a length that is no number', GUIDE.replace('128', '0x80')],
    ['PC307', 'a length in bytes, of an unknown algorithm', `3+ new(aes) ${HEX16} 16`],
    ['PC308', 'a key id twice', `${GUIDE}\n${GUIDE}`],
    ['PC309', 'an AEAD that does not encrypt', GUIDE.replace('4106', '4543')],
    ['PC309', 'a cipher that does not encrypt', PAIR.replace('cbc(aes)', 'ecb(cipher_null)')],
    ['PC309', 'no authentication', PAIR.replace('hmac(sha256)', 'digest_null')],
    ['PC310', 'a key of zeros', GUIDE.replace(HEX20, '0'.repeat(40))],
    ['PC310', 'a key of one repeated byte', GUIDE.replace(HEX20, 'a5'.repeat(20))],
    ['PC311', 'no plus sign', GUIDE.replace('3+', '3')],
    ['PC312', 'a worn-out hash', PAIR.replace('hmac(sha256)', 'hmac(md5)')],
    ['PC312', 'a worn-out cipher', `4+ hmac(sha256) ${HEX32} cbc(des3_ede) ${HEX32.slice(0, 48)}`],
    ['PC313', 'a short key of an unknown algorithm', `3+ new(aes) ${HEX16.slice(2)} 128`],
    ['PC313', 'a short authentication key', `4+ hmac(sha256) 0102 cbc(aes) ${HEX32}`],
  ])('is reported as %s for %s', (code, _, text) => {
    expect(parseKeyLines(text).problems.map((problem) => problem.code)).toEqual([code]);
  });

  it('names every problem of a line, not the first', () => {
    const { problems } = parseKeyLines('x NOT hex 1');
    expect(problems.map(({ code }) => code)).toEqual(['PC302', 'PC304', 'PC307']);
  });

  it('does without the key, but for warnings', () => {
    expect(parseKeyLines(GUIDE.replace('3+', '3')).keys).toMatchObject([{ perTunnel: false }]);
    expect(parseKeyLines(GUIDE.replace('f1 ', 'f ')).keys).toEqual([]);
    expect(parseKeyLines(`${GUIDE}\n${GUIDE}`).keys).toHaveLength(1);
  });

  it('says which lengths the algorithm has', () => {
    const [problem] = parseKeyLines(GUIDE.replace('f1 ', ' ')).problems;
    expect(problem?.message).toBe(
      'the key of rfc4106(gcm(aes)) has 19 bytes; it must have 20 bytes (40 hex digits) or 28 bytes (56 hex digits) or 36 bytes (72 hex digits)',
    );
  });

  it('quotes a known algorithm, and not what may be a key in its place', () => {
    const said = (line: string) =>
      parseKeyLines(line)
        .problems.map(({ message }) => message)
        .join();
    expect(said('3+ rfc4106(gcm(aes)) zz 128')).toContain('rfc4106(gcm(aes))');
    expect(said('3+ abcdef01 zz 128')).toBe('the key of the AEAD algorithm is not hex');
    expect(said('3+ correct-horse-battery zz 128')).not.toContain('horse');
    expect(said(`3+ ${HEX20} rfc4106(gcm(aes)) 128`)).not.toContain('4443');
  });
});
