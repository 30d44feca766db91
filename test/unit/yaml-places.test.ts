import { describe, expect, it } from 'vitest';
import { parseYamlSource, type Source } from '../../src/values/index.js';

const TEXT = `# a comment
common: &common
  port: 1
encryption:
  ipsec: {interface: [eth0, eth1], "key file": x}
monitoring:
  <<: *common
  enabled: true
copy: *common
yes: no
0x10: sixteen
empty:
`;

describe('the place of a value in a file', () => {
  const { source } = parseYamlSource('values.yaml', TEXT);
  const at = (path: Parameters<Source['locate']>[0], what: 'key' | 'value' = 'value') => {
    const place = source?.locate(path, what);
    return place && `${place.line}:${place.column}`;
  };

  it('is that of the value, or of its key', () => {
    expect(at(['encryption', 'ipsec', 'interface', 1])).toBe('5:29');
    expect(at(['encryption', 'ipsec', 'interface'])).toBe('5:22');
    expect(at(['encryption', 'ipsec', 'interface'], 'key')).toBe('5:11');
    expect(at(['encryption', 'ipsec', 'key file'])).toBe('5:48');
    expect(at(['monitoring', 'enabled'])).toBe('8:12');
    expect(at(['monitoring', 'enabled'], 'key')).toBe('8:3');
  });

  it('is found for keys that YAML reads as something else than a string', () => {
    expect(at(['true'], 'key')).toBe('10:1');
    expect(at(['16'], 'key')).toBe('11:1');
  });

  it('is the key of a value that is left empty', () => {
    expect(at(['empty'], 'key')).toBe('12:1');
  });

  it('is where an alias has its value from', () => {
    expect(at(['copy', 'port'])).toBe('3:9');
  });

  it('is that of the innermost map for what the file does not say itself', () => {
    expect(at(['monitoring', 'port'])).toBe('7:3');
    expect(at(['encryption', 'type'])).toBe('5:3');
    expect(at(['nothing', 'of', 'it'])).toBe('2:1');
  });
});
