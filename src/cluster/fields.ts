/** The fields of what somebody wrote; none where it is no map. */
export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** Its items; none where it is no list. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/**
 * The ids of the Secret's lines that a record names keys under, ascending: of its tunnels, and of the PSKs of its
 * WireGuard devices.
 */
export function keyIDsOf(spec: unknown): number[] {
  const { keys, wireguard } = fieldsOf(spec);
  const ids = [...listOf(keys), ...listOf(wireguard)]
    .map((one) => fieldsOf(one).keyID)
    .filter((id) => typeof id === 'number');
  return [...new Set(ids)].sort((one, other) => one - other);
}

/** What a record says of a WireGuard device of its node. */
export interface DevicePicture {
  /** Devices of the same generation talk to each other. */
  readonly generation: number;
  /** UDP. */
  readonly listenPort: number;
  /** Base64 of 32 bytes. */
  readonly publicKey: string;
  /** Of the Secret's line that its PSKs come from; undefined for none. */
  readonly keyID?: number;
}

/** The WireGuard devices that a record names, by generation; what is no device is left out. */
export function devicesOf(spec: unknown): DevicePicture[] {
  return listOf(fieldsOf(spec).wireguard)
    .map(fieldsOf)
    .flatMap(({ generation, listenPort, publicKey, keyID }) =>
      typeof generation === 'number' &&
      typeof listenPort === 'number' &&
      typeof publicKey === 'string'
        ? [{ generation, listenPort, publicKey, ...(typeof keyID === 'number' ? { keyID } : {}) }]
        : [],
    )
    .sort((one, other) => one.generation - other.generation);
}
