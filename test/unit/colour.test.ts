import { describe, expect, it } from 'vitest';
import { progressOn } from '../../src/cli/progress.js';
import { diagnostic, formatDiagnostics } from '../../src/errors/index.js';
import { paintFor } from '../../src/text/colour.js';

describe('colours', () => {
  it.each<[boolean, Record<string, string>, boolean]>([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: '1' }, false],
    // https://no-color.org: only "when present and not an empty string".
    [true, { NO_COLOR: '' }, true],
    [true, { TERM: 'dumb' }, false],
    [true, { TERM: 'xterm' }, true],
  ])('on a terminal: %s, with %j: %s', (isTerminal, env, isPainted) => {
    expect(paintFor(isTerminal, env)('error', 'x') !== 'x').toBe(isPainted);
  });

  it('change nothing of a message but its looks', () => {
    const found = [diagnostic('PC107', 'a', { place: { source: 'f', line: 1 } })];
    const text = formatDiagnostics(found, paintFor(true, {}));

    expect(text).toContain('\u001b[1;31merror PC107\u001b[0m: a');
    expect(text.replace('\u001b[1;31m', '').replace('\u001b[0m', '')).toBe(
      formatDiagnostics(found),
    );
  });
});

describe('progress', () => {
  it('is shown on one line of a terminal, which goes away', () => {
    let shown = '';
    const err = (text: string) => {
      shown += text;
    };
    const progress = progressOn({ err, errIsTerminal: true }, { TERM: 'xterm' });
    progress.show('1 of 2');
    progress.end();
    expect(shown).toBe('\r\u001b[K1 of 2\r\u001b[K');
  });

  it.each<[boolean, string]>([
    [false, 'xterm'],
    [true, 'dumb'],
  ])('is not shown elsewhere: terminal %s, TERM=%s', (errIsTerminal, TERM) => {
    const err = () => {
      throw new Error('wrote something');
    };
    const progress = progressOn({ err, errIsTerminal }, { TERM });
    progress.show('1 of 2');
    progress.end();
  });
});
