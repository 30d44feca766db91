import { type Diagnostic, diagnostic } from '../errors/index.js';
import type { CheckInput } from './check-input.js';

/** What has the cluster make or change the key, as a message says it. */
const GENERATE = 'encryption.ipsec.secret.generate=true';
const SCHEDULE = 'encryption.ipsec.rotation.schedule';
const TIME_ZONE = 'encryption.ipsec.rotation.timeZone';

/** A CronJob's name has at most 52 characters, as its Jobs get 11 more; ours ends in `-rotate`. */
const LONGEST_NAME = 45;

/** The key has one maker: who applies it again and again would undo what the cluster does. */
export function checkKeyMaker({ values }: CheckInput): Diagnostic[] {
  const { secret, rotation, key, keyVolume } = values.encryption.ipsec;
  const makers = [
    ...(secret.generate ? [GENERATE] : []),
    ...(rotation.schedule === '' ? [] : [SCHEDULE]),
  ];
  const [maker] = makers;
  if (maker === undefined) return [];
  const found: Diagnostic[] = [];
  if ((key ?? '') !== '') {
    const path = 'encryption.ipsec.key';
    found.push(diagnostic('PC558', `it is rendered, and ${maker} writes another`, { path }));
  }
  if (Object.keys(keyVolume ?? {}).length > 0) {
    const path = 'encryption.ipsec.keyVolume';
    found.push(diagnostic('PC559', `the agents read it, and ${maker} writes the Secret`, { path }));
  }
  return found;
}

/** Three letters of a month or a day stand for numbers in ranges. */
const NAMES = [
  ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
] as const;

/** What the schema's pattern cannot say: Kubernetes takes no range that goes round. */
export function checkSchedule({ values }: CheckInput): Diagnostic[] {
  const { schedule } = values.encryption.ipsec.rotation;
  const backward = schedule
    .split(/[ ,]+/)
    .map((item) => item.replace(/\/.*/, ''))
    .find((range) => {
      const [from, to] = range.split('-').map(numberOf);
      return from !== undefined && to !== undefined && from > to;
    });
  if (backward === undefined) return [];
  return [diagnostic('PC557', `${backward} ends before it begins`, { path: SCHEDULE })];
}

function numberOf(text: string): number {
  const [months, days] = NAMES;
  const name = text.toLowerCase();
  const month = (months as readonly string[]).indexOf(name);
  if (month >= 0) return month + 1;
  const day = (days as readonly string[]).indexOf(name);
  return day >= 0 ? day : Number(text);
}

/** The API server refuses the one name that means the zone of the controller's own machine. */
export function checkTimeZone({ values }: CheckInput): Diagnostic[] {
  const { timeZone } = values.encryption.ipsec.rotation;
  if (timeZone.toLowerCase() !== 'local') return [];
  return [diagnostic('PC560', `${timeZone} is no time zone of its own`, { path: TIME_ZONE })];
}

/** Without a watcher agents read the key file once: a rotation would wait for restarts. */
export function checkWatched({ values }: CheckInput): Diagnostic[] {
  const { rotation, keyWatcher } = values.encryption.ipsec;
  if (rotation.schedule === '' || keyWatcher) return [];
  const message = 'agents do not look at the Secret again while keyWatcher is false';
  return [diagnostic('PC561', message, { path: SCHEDULE })];
}

/** The name of the CronJob fits. */
export function checkRotatedName({ values }: CheckInput): Diagnostic[] {
  const { fullnameOverride, encryption } = values;
  if (encryption.ipsec.rotation.schedule === '') return [];
  if ((fullnameOverride ?? '').length <= LONGEST_NAME) return [];
  const message = `it has ${fullnameOverride.length} characters`;
  return [diagnostic('PC562', message, { path: 'fullnameOverride' })];
}
