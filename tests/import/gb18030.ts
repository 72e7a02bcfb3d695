/** Encodes by turning the decoder round: every character of a text that GB2312 knows. */
export function gb18030(text: string): Uint8Array {
  const decoder = new TextDecoder("gb18030");
  const codes = new Map<string, number[]>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (character.length === 1 && !codes.has(character)) codes.set(character, [lead, trail]);
    }
  }
  return Uint8Array.from(
    [...text].flatMap((character) =>
      character < "\x80" ? [character.charCodeAt(0)] : (codes.get(character) ?? fail(`no code for ${character}`)),
    ),
  );
}

function fail(message: string): never {
  throw new Error(message);
}
