// Bodies in `aws-chunked` encoding, as SDKs upload objects: sizes in hexadecimal, data, then trailers, which are not verified.

/** @throws RangeError when the body is cut short or no size can be read */
export function decodeChunked(body: Buffer): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.subarray(at, end).toString('latin1'), 16);
    if (end < 0 || Number.isNaN(size)) throw new RangeError('aws-chunked body: expected the size of a chunk');
    if (size === 0) return Buffer.concat(parts);
    const start = end + 2;
    if (start + size > body.length)
      throw new RangeError(`aws-chunked body: expected ${size} bytes, found ${body.length - start}`);
    parts.push(body.subarray(start, start + size));
    at = start + size + 2;
  }
}
