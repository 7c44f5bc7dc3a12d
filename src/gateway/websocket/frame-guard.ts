// Watches the frames a client sends for one that is larger than API Gateway takes. The WebSocket library knows a limit
// for messages alone, so this reads frame headers beside it; payloads are only counted, never kept.

/** Feeds on the raw bytes of one connection; `oversized` is called once, as soon as a header names too much. */
export function createFrameGuard(frameBytes: number, oversized: () => void): (chunk: Uint8Array) => void {
  // Of the header in hand; 2 to 14 bytes.
  let header: number[] = [];
  let payloadLeft = 0;
  let tripped = false;
  return (chunk) => {
    let at = 0;
    while (at < chunk.length && !tripped) {
      if (payloadLeft > 0) {
        const skipped = Math.min(payloadLeft, chunk.length - at);
        payloadLeft -= skipped;
        at += skipped;
        continue;
      }
      header.push(chunk[at] ?? 0);
      at += 1;
      if (header.length < headerBytes(header)) continue;
      payloadLeft = payloadBytes(header);
      header = [];
      if (payloadLeft > frameBytes) {
        tripped = true;
        oversized();
      }
    }
  };
}

// RFC 6455, 5.2: two bytes, an extended length of two or eight, and four of mask.
function headerBytes(header: readonly number[]): number {
  const second = header[1];
  if (second === undefined) return 2;
  const length = second & 0x7f;
  return 2 + (length === 126 ? 2 : length === 127 ? 8 : 0) + (second & 0x80 ? 4 : 0);
}

function payloadBytes(header: readonly number[]): number {
  const length = (header[1] ?? 0) & 0x7f;
  if (length < 126) return length;
  return header.slice(2, length === 126 ? 4 : 10).reduce((total, byte) => total * 256 + byte, 0);
}
