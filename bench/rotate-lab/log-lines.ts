/** A line of an agent's log. */
export interface Line {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly text: string;
  /** Of netlink; 0 where none is named. */
  readonly messages: number;
}

/** The lines of a log that are as src/agent/log.ts writes them. */
export function linesOf(log: string): Line[] {
  return log.split('\n').flatMap((line): Line[] => {
    const [, time = '', text = ''] = /^time=(\S+) level=\S+ msg="([^"]*)"/.exec(line) ?? [];
    if (text === '') return [];
    const [, messages = '0'] = / messages=(\d+)/.exec(line) ?? [];
    return [{ time: Date.parse(time), text, messages: Number(messages) }];
  });
}
