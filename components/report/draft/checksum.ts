/**
 * FNV-1a over the UTF-16 units of a text, in hex: tells that something on this machine was cut off or changed, and is there
 * at once. `crypto.subtle` does not exist on a plain http origin. No protection against somebody who means it.
 */
export function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}
