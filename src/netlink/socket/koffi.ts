/** The part of koffi that is used here, typed without its `any`. */
export interface Koffi {
  load(path: null): { func(prototype: string): unknown };
  /** Of the last call on this thread. */
  errno(): number;
  readonly node: {
    /** Watches a file descriptor in libuv's own loop (uv_poll): no thread waits for it. */
    poll(fd: number, options: { readonly readable: true }, callback: PollCallback): PollHandle;
  };
}

/** koffi 3.3's types leave the status out: negative when libuv has stopped to watch. */
export type PollCallback = (status: number) => void;

export interface PollHandle {
  start(options: { readonly readable: true }, callback: PollCallback): void;
  close(): void;
}

/** Loads koffi when a socket is opened first: what never opens one runs without a native module. */
export async function loadKoffi(): Promise<Koffi> {
  const koffi: unknown = (await import('koffi')).default;
  return koffi as Koffi;
}
