// The time as API Gateway writes it in contexts and logs. Requests of one second share the text: making it costs more
// than most of an event's other fields together.

let latest: { readonly second: number; readonly text: string } = { second: Number.NaN, text: '' };

/** `14/Apr/2025:22:14:51 +0000`. */
export function logTime(epochMs: number): string {
  const second = Math.floor(epochMs / 1000);
  if (second !== latest.second) latest = { second, text: textOf(second) };
  return latest.text;
}

function textOf(second: number): string {
  // `Mon, 14 Apr 2025 22:14:51 GMT`
  const utc = new Date(second * 1000).toUTCString();
  return `${utc.slice(5, 7)}/${utc.slice(8, 11)}/${utc.slice(12, 16)}:${utc.slice(17, 25)} +0000`;
}
