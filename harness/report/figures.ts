/** Numbers as people read them. All with a full stop and a comma, whatever the machine's language. */

/** `1,234,567`, and `12.3` below 100 where it is not whole. */
export function figure(value: number): string {
  const rounded = Math.abs(value) < 100 ? Math.round(value * 10) / 10 : Math.round(value);
  const [whole = "", fraction] = String(rounded).split(".");
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** `35 ms`, `1.2 s`, `2 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 120) return `${seconds < 10 ? seconds.toFixed(1).replace(/\.0$/, "") : Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes >= 120) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`;
}

/** `$12.30`, `$0.0004`. */
export function dollars(usd: number): string {
  if (usd !== 0 && Math.abs(usd) < 0.01) return `$${usd.toPrecision(2)}`;
  const [whole = "", cents = "00"] = usd.toFixed(2).split(".");
  return `$${whole.replaceAll(/\B(?=(\d{3})+$)/g, ",")}.${cents}`;
}

/** `0.13%`. */
export function percent(ratio: number): string {
  const value = ratio * 100;
  return `${value === 0 || value >= 10 ? Math.round(value) : value.toPrecision(2)}%`;
}

/** `1 event`, `2 events`. */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${figure(value)} ${value === 1 ? one : many}`;
}

/** `2026-11-22 05:22:59 UTC`. */
export function moment(iso: string): string {
  return `${iso.replace("T", " ").replace(/(\.\d+)?Z$/, "")} UTC`;
}
