import { describe, expect, it } from 'vitest';
import { labDescribe } from '../lab/lab-describe.js';
import { BAD_KEEPALIVES, GOOD_KEEPALIVES } from '../unit/keepalives.js';
import { byHelm } from './helm-chart.js';

const withKeepalive = (text: string): string =>
  `encryption: {type: wireguard, wireguard: {persistentKeepalive: ${text}}}\n`;

labDescribe('the keepalive of the chart', ['helm3', 'helm4'], () => {
  describe.each([3, 4] as const)('by helm %i', (version) => {
    it.each(GOOD_KEEPALIVES.map(([text]) => text))('may be %s, as by synth', async (text) => {
      expect(await byHelm(version, withKeepalive(text))).toMatchObject({ ok: true });
    });

    it.each(BAD_KEEPALIVES)('may not be %s, as by synth', async (text) => {
      const answer = await byHelm(version, withKeepalive(text));
      expect(!answer.ok && answer.error).toContain(
        `error PC219: encryption.wireguard.persistentKeepalive: ${text} is no whole number`,
      );
    });
  });
});
