/** What the driver is told: a method of Cluster, `watch` with the name of one, or `close`. */
export interface Command {
  readonly id: number;
  readonly call: string;
  readonly args: readonly unknown[];
}

export interface ToldError {
  readonly code: string;
  readonly message: string;
  readonly status?: number | undefined;
  readonly reason?: string | undefined;
}

/** What a listener was told. */
export type Told =
  | { readonly watch: string; readonly synced: readonly { readonly name: string }[] }
  | { readonly watch: string; readonly name: string; readonly changed: object | null }
  | { readonly watch: string; readonly unavailable: ToldError };

/** What the driver says. */
export type Report =
  | Told
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: ToldError }
  | { readonly fault: string }
  | { readonly ready: true };
