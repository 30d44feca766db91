/** Levels as Cilium's agent writes them. */
export type Level = 'debug' | 'info' | 'warning' | 'error';

/** What a line is about; values are written as they are, so no secret may be among them. */
export type Fields = Readonly<Record<string, string | number | boolean>>;

export type Log = (level: Level, message: string, fields?: Fields) => void;

/**
 * Structured logs: `level=warning msg="Device eth7 does not exist"`, or one JSON object a line.
 *
 * @param write one line, without its end
 * @param now for the time stamps
 */
export function makeLog(
  write: (line: string) => void,
  { json = false, now = () => new Date() }: { json?: boolean; now?: () => Date } = {},
): Log {
  return (level, message, fields = {}) => {
    const time = now().toISOString();
    if (json) {
      write(JSON.stringify({ time, level, msg: message, ...fields }));
      return;
    }
    const rest = Object.entries(fields).map(([name, value]) => ` ${name}=${quote(String(value))}`);
    write(`time=${time} level=${level} msg=${JSON.stringify(message)}${rest.join('')}`);
  };
}

/** As logfmt readers expect: bare words as they are. */
function quote(value: string): string {
  return /^[\w.:/@+-]+$/.test(value) ? value : JSON.stringify(value);
}
