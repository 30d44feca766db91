import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { podcloak, scratchFolder } from './podcloak.js';

const { path: folder, write } = scratchFolder();
const CIDR = ['--set', 'ipv4NativeRoutingCIDR=10.244.0.0/16'];
const SECRET = 'deadbeefcafe0123456789abcdefdeadbeefcafe';

/** What a user may get wrong: the arguments, the code, and a part of the message that says where. */
const CASES: readonly (readonly [string, readonly string[], string, string])[] = [
  [
    'a misspelt key',
    ['-f', write('typo.yaml', 'encryption:\n  enabeld: true\n')],
    'PC101',
    'typo.yaml:2:3:',
  ],
  [
    'a key of another chart',
    ['--set', 'hubble.enabled=true'],
    'PC101',
    '--set: error PC101: hubble:',
  ],
  [
    'a key in the place of a name',
    ['-f', write('name.yaml', `encryption:\n  ipsec:\n    ${SECRET}: x\n`)],
    'PC101',
    'name.yaml:3:5:',
  ],
  ['an empty file name', ['--set-file', 'encryption.ipsec.key='], 'PC110', 'an empty file name'],
  [
    'a string for a boolean',
    ['--set-string', 'encryption.enabled=true'],
    'PC102',
    '--set-string: ',
  ],
  [
    'a number for a string',
    ['-f', write('type.yaml', 'image:\n  tag: 1.5\n')],
    'PC102',
    'type.yaml:2:8:',
  ],
  [
    'an unknown engine',
    ['--set', 'encryption.type=ztunnel'],
    'PC103',
    'Use --set encryption.type=ipsec',
  ],
  [
    'a bad duration',
    ['--set', 'encryption.ipsec.keyRotationDuration=5 minutes'],
    'PC104',
    'a duration',
  ],
  ['a bad image digest', ['--set', 'image.digest=sha256:beef'], 'PC104', 'image.digest'],
  ['a port out of range', ['--set', 'healthPort=70000'], 'PC105', 'healthPort'],
  ['null for what must be there', ['--set', 'encryption.type=null'], 'PC106', 'encryption.type'],
  ['a missing file', ['-f', join(folder, 'nowhere.yaml')], 'PC110', 'nowhere.yaml'],
  ['a folder for a file', ['-f', folder], 'PC111', 'it is a folder'],
  [
    'a file that is not UTF-8',
    ['-f', write('latin.yaml', Uint8Array.of(0x61, 0x3a, 0xe9, 0x0a))],
    'PC112',
    'latin.yaml',
  ],
  [
    'a UTF-16 file',
    ['-f', write('utf16.yaml', Buffer.from('\ufeffa: b\n', 'utf16le'))],
    'PC112',
    'utf16.yaml',
  ],
  [
    'an unclosed bracket',
    ['-f', write('syntax.yaml', 'tolerations: [\n')],
    'PC113',
    'syntax.yaml:',
  ],
  [
    'a key twice',
    ['-f', write('twice.yaml', 'healthPort: 1\nhealthPort: 2\n')],
    'PC114',
    'twice.yaml:2:1:',
  ],
  ['a tab', ['-f', write('tab.yaml', 'encryption:\n\tenabled: true\n')], 'PC115', 'tab.yaml:2:'],
  [
    'an anchor in itself',
    ['-f', write('loop.yaml', 'podLabels: &a\n  x: *a\n')],
    'PC116',
    'loop.yaml:2:',
  ],
  ['an anchor that explodes', ['-f', write('laughs.yaml', laughs())], 'PC116', 'laughs.yaml:'],
  ['a list at the top', ['-f', write('list.yaml', '- a\n')], 'PC117', 'list.yaml:1:1:'],
  [
    'two documents',
    ['-f', write('two.yaml', 'healthPort: 1\n---\nhealthPort: 2\n')],
    'PC118',
    'two.yaml:3:',
  ],
  [
    'a huge file',
    ['-f', write('huge.yaml', `# ${'x'.repeat(1024 * 1024)}\n`)],
    'PC119',
    'huge.yaml',
  ],
  ['--set without =', ['--set', 'encryption.enabled'], 'PC120', '--set:1:12:'],
  ['--set with an open list', ['--set', 'extraEnv={a,b'], 'PC120', '--set:1:10:'],
  ['--set-json that is none', ['--set-json', 'tolerations=[{]'], 'PC121', '--set-json:1:13:'],
  [
    'a key on the command line',
    ['--set', `encryption.ipsec.key=3+ rfc4106(gcm(aes)) ${SECRET} 128`],
    'PC122',
    '--set: ',
  ],
  ['standard input twice', ['-f', '-', '--set-file', 'encryption.ipsec.key=-'], 'PC123', 'twice'],
  ['no range', ['--set', 'encryption.enabled=true'], 'PC201', 'ipv4NativeRoutingCIDR'],
  [
    'a keepalive of less than a second',
    ['--set', 'encryption.wireguard.persistentKeepalive=500ms'],
    'PC219',
    'encryption.wireguard.persistentKeepalive: 500ms is no whole number of seconds up to 65535',
  ],
  ['a length over 32', ['--set', 'ipv4NativeRoutingCIDR=10.244.0.0/33'], 'PC202', '/33'],
  [
    'the other family',
    ['--set', 'ipv4NativeRoutingCIDR=fd00::/48'],
    'PC202',
    'ipv6NativeRoutingCIDR',
  ],
  ['host bits', ['--ipv4-native-routing-cidr', '10.244.1.7/16'], 'PC203', 'Write 10.244.0.0/16.'],
  [
    'a variable twice',
    [...CIDR, '--set', 'extraEnv[0].name=A,extraEnv[1].name=A'],
    'PC205',
    'extraEnv[1].name',
  ],
  ['a variable of ours', ['--set', 'extraEnv[0].name=NODE_NAME'], 'PC206', 'NODE_NAME'],
  [
    "Cilium's image",
    ['--set', 'image.repository=quay.io/cilium/cilium'],
    'PC211',
    'image.repository',
  ],
  [
    'a key file that is no key',
    ['--set-file', `encryption.ipsec.key=${write('key1', 'hello\n')}`],
    'PC302',
    'line 1',
  ],
  [
    'a key that is not hex',
    [
      '--set-file',
      `encryption.ipsec.key=${write('key2', `3+ rfc4106(gcm(aes)) ${SECRET}xy 128\n`)}`,
    ],
    'PC305',
    'line 1',
  ],
  [
    'a key of the wrong length',
    [
      '--set-file',
      `encryption.ipsec.key=${write('key3', `3+ rfc4106(gcm(aes)) ${SECRET}00 128\n`)}`,
    ],
    'PC306',
    '20 bytes',
  ],
  [
    'a missing key file',
    ['--set-file', `encryption.ipsec.key=${join(folder, 'nokey')}`],
    'PC110',
    'nokey',
  ],
  ['an unknown option', ['--valuse', 'x.yaml'], 'PC402', 'Did you mean --values?'],
  ['an option without its value', ['--set'], 'PC403', '--set'],
  ['a stray word', ['values.yaml'], 'PC404', 'values.yaml'],
  ['a bad namespace', ['--namespace', 'Kube_System'], 'PC408', '--namespace'],
];

function laughs(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let i = 1; i < 9; i += 1) {
    lines.push(
      `a${i}: &a${i} [${Array(10)
        .fill(`*a${i - 1}`)
        .join(', ')}]`,
    );
  }
  return `${lines.join('\n')}\n`;
}

describe('bad input', () => {
  it.each(CASES)('%s is refused with its code, place and remedy', async (_, args, code, where) => {
    const outcome = await podcloak(['synth', ...args]);

    expect(outcome.stderr).toContain(`error ${code}: `);
    expect(outcome.stderr).toContain(where);
    expect(outcome.stderr).toMatch(/^ {4}fix: \S/m);
    expect(outcome.stderr).not.toMatch(/^\s+at /m);
    expect(outcome.stderr).not.toContain(SECRET.slice(0, 16));
    expect(outcome.stdout).toBe('');
    expect(outcome.code).toBe(2);
  });

  it('reports all mistakes at once, in the order of the file', async () => {
    const file = write(
      'many.yaml',
      'encryption:\n  enabeld: true\nhealthPort: no\nipv4NativeRoutingCIDR: 10.0.0.1/8\n',
    );
    const { stderr } = await podcloak(['synth', '-f', file]);

    expect(stderr.match(/error PC\d+/g)).toEqual(['error PC101', 'error PC102', 'error PC203']);
  });

  it('knows the nearest command', async () => {
    expect((await podcloak(['snyth'])).stderr).toContain('Did you mean podcloak synth?');
    expect((await podcloak(['frobnicate'])).code).toBe(2);
  });

  it.each([
    [['keys', 'crate'], 'PC401', 'Did you mean podcloak keys create?'],
    [['key'], 'PC401', 'Did you mean podcloak keys?'],
    [['status'], 'PC401', 'podcloak encrypt status or podcloak encryption status?'],
    [['encrypt', 'frobnicate'], 'PC401', '`podcloak encrypt --help` lists the commands.'],
    [['help', 'keys', 'crate'], 'PC401', 'Did you mean podcloak keys create?'],
    [['keys', '--force', 'create'], 'PC401', 'an option before the command: --force'],
    [['keys', 'create', '--algoritm', 'x'], 'PC402', 'Did you mean --algorithm?'],
    [['keys', 'create', '--algorithm', 'gcm256'], 'PC420', 'Did you mean --algorithm gcm-256?'],
    [['keys', 'create', '--key-id', '16'], 'PC422', '--key-id: error'],
    [['keys', 'create', '--key-id', '03'], 'PC422', '--key-id: error'],
    [['keys', 'create', '--name', 'Keys_'], 'PC423', '--name: error'],
    [['keys', 'create', '-n', 'a.b'], 'PC408', '--namespace: error'],
    [['encrypt', 'forget'], 'PC403', 'the name of a node'],
    [['encrypt', 'flush', '--spi', '0x1ffffffff'], 'PC429', '--spi: error'],
    [['encrypt', 'flush', '--node-id', 'worker-1'], 'PC429', '--node-id: error'],
    [['encrypt', 'status', '-o', 'yaml'], 'PC420', 'must be one of json'],
  ])('%j is refused with its code and remedy', async (args, code, text) => {
    const outcome = await podcloak(args);

    expect(outcome).toMatchObject({ code: 2, stdout: '' });
    expect(outcome.stderr).toContain(`error ${code}: `);
    expect(outcome.stderr).toContain(text);
    expect(outcome.stderr).toMatch(/^ {4}fix: \S/m);
  });

  it('refuses an output folder that holds files of others, and leaves them alone', async () => {
    const out = join(folder, 'out');
    mkdirSync(join(out, 'manifests'), { recursive: true });
    write('out/manifests/mine.yaml', 'kind: Mine\n');
    const outcome = await podcloak(['synth', ...CIDR, '--output', out]);

    expect(outcome.stderr).toContain('PC406');
    expect(outcome.stderr).toContain('mine.yaml');
    expect(outcome.code).toBe(2);
  });

  it('says what to do when the output cannot be written', async () => {
    const file = write('a-file', 'x');
    const outcome = await podcloak(['synth', ...CIDR, '--output', file]);

    expect(outcome.stderr).toContain('PC407');
    expect(outcome.code).toBe(2);
  });
});
