/** Values of `rp_filter` before ours, by device; plain JSON, in the state file. */
export type ReverseMemory = Readonly<Record<string, string>>;

/** One write under /proc/sys. */
export interface SettingChange {
  readonly path: string;
  readonly value: string;
}

/** Of Documentation/networking/ip-sysctl.rst: the greater of the device's and that of `all` counts. */
const STRICT = '1';
const LOOSE = '2';

export function reversePath(device: string): string {
  return `net/ipv4/conf/${device}/rp_filter`;
}

/**
 * While a peer's packets still come in plaintext, and ours to it go through WireGuard, a strict filter drops what
 * comes: by its routes it should have come through WireGuard. It is loosened for as long, and put back.
 *
 * @param devices where it must be loose now
 * @param memory what was there before; kept until it is there again
 */
export function diffReverse(
  settings: ReadonlyMap<string, string>,
  devices: readonly string[],
  memory: ReverseMemory,
): {
  readonly loosen: readonly SettingChange[];
  readonly restore: readonly SettingChange[];
  readonly memory: ReverseMemory;
} {
  const currentOf = (device: string): string | undefined => settings.get(reversePath(device));
  const isStrict = (device: string): boolean => {
    const own = currentOf(device);
    return own !== undefined && own !== LOOSE && [own, currentOf('all')].includes(STRICT);
  };
  const strict = devices.filter(isStrict);
  const kept = Object.entries(memory).filter(
    // Put back already, by us or by somebody else, or gone with its device.
    ([device]) => devices.includes(device) || currentOf(device) === LOOSE,
  );
  const known = Object.fromEntries(kept);
  return {
    loosen: strict.map((device) => ({ path: reversePath(device), value: LOOSE })),
    restore: kept
      .filter(([device]) => !devices.includes(device))
      .map(([device, value]) => ({ path: reversePath(device), value })),
    memory: {
      ...known,
      ...Object.fromEntries(
        strict.map((device) => [device, known[device] ?? currentOf(device) ?? STRICT]),
      ),
    },
  };
}
