import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import * as library from 'podcloak';
import { PodcloakError, type PodcloakValues } from 'podcloak';
import { describe, expect, it } from 'vitest';

type Part = new (scope: Construct, id: string, values: PodcloakValues) => Construct;

/** Every construct that the library exports, so that a new one is held to the same. */
const PARTS = Object.entries<unknown>({ ...library }).filter((entry): entry is [string, Part] =>
  isConstruct(entry[1]),
);

function isConstruct(exported: unknown): exported is Part {
  return typeof exported === 'function' && exported.prototype instanceof Construct;
}

function chart(namespace?: string): Chart {
  return new Chart(new App(), 'chart', namespace === undefined ? {} : { namespace });
}

/** What a construct throws. */
function thrownBy(build: () => unknown): PodcloakError {
  try {
    build();
  } catch (thrown) {
    if (thrown instanceof PodcloakError) return thrown;
    throw thrown;
  }
  throw new Error('nothing was thrown');
}

const places = ({ diagnostics }: PodcloakError) =>
  diagnostics.map(({ code, path, place }) => [code, path, place?.source]);

/** As a program without types passes it. */
const untyped = (value: unknown) => value as PodcloakValues;

describe('errors of constructs', () => {
  it('are tried with every construct that the issue names', () => {
    expect(PARTS.map(([name]) => name)).toEqual(
      expect.arrayContaining([
        'Podcloak',
        'AgentDaemonSet',
        'IpsecSecret',
        'AgentRbac',
        'EncryptionNodeCrd',
      ]),
    );
  });

  it.each(PARTS)('of %s carry the construct’s path, for every wrong value', (_, Part) => {
    const values = untyped({ healthPort: 0, encryptoin: {}, ipv4NativeRoutingCIDR: '10.0.0.1/8' });
    const platform = new Construct(chart(), 'platform');
    const error = thrownBy(() => new Part(platform, 'part', values));

    expect(places(error)).toEqual([
      ['PC101', 'encryptoin', 'chart/platform/part'],
      ['PC105', 'healthPort', 'chart/platform/part'],
      ['PC203', 'ipv4NativeRoutingCIDR', 'chart/platform/part'],
    ]);
    expect(error.message).toContain('chart/platform/part: error PC101: encryptoin: unknown key');
  });

  it.each(PARTS)('of %s name it outside of any chart', (_, Part) => {
    const error = thrownBy(() => new Part(new Construct(new App(), 'platform'), 'part', {}));

    expect(places(error)).toEqual([['PC541', undefined, 'platform/part']]);
  });

  it.each([
    ['null', null],
    ['a list', []],
    ['a string', 'values.yaml'],
  ])('say that values must be an object, not %s', (what, values) => {
    const error = thrownBy(() => new library.Podcloak(chart(), 'podcloak', untyped(values)));

    expect(error.message).toContain(`chart/podcloak: error PC542: they are ${what}`);
  });

  it('name a chart’s namespace that can be none, with whatever else is wrong', () => {
    const build = () => new library.AgentConfig(chart('Kube_System'), 'config', { healthPort: 0 });
    const error = thrownBy(build);

    expect(places(error)).toEqual([
      ['PC408', undefined, 'chart/config'],
      ['PC105', 'healthPort', 'chart/config'],
    ]);
    expect(error.message).toContain('the chart\'s namespace is "Kube_System"');
  });

  it.each([[{}], [{ encryption: { ipsec: { key: '' } } }]])(
    'refuse a Secret without a key: %j',
    (values) => {
      const error = thrownBy(() => new library.IpsecSecret(chart(), 'keys', values));

      expect(places(error)).toEqual([['PC540', 'encryption.ipsec.key', 'chart/keys']]);
    },
  );

  it('never quote a key', () => {
    const key = '3+ rfc4106(gcm(aes)) 0123456789abcdef 128';
    const build = () => new library.IpsecSecret(chart(), 'k', { encryption: { ipsec: { key } } });

    expect(thrownBy(build).message).toMatch(
      /^chart\/k: error PC306: encryption\.ipsec\.key: line 1/,
    );
    expect(thrownBy(build).message).not.toContain('0123456789abcdef');
  });
});

describe('a value that is undefined', () => {
  it('is one that is not given, at any depth', () => {
    const given = chart();
    new library.Podcloak(given, 'podcloak', {});
    const undefineds = chart();
    new library.Podcloak(
      undefineds,
      'podcloak',
      untyped({
        encryption: { enabled: undefined, ipsec: undefined },
        image: { tag: undefined },
        nodeSelector: undefined,
        podLabels: { team: undefined },
      }),
    );

    expect(undefineds.toJson()).toEqual(given.toJson());
  });
});
