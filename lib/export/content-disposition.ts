/**
 * The `Content-Disposition` header that lets a browser save a file under its Chinese name (RFC 6266). The name travels in
 * `filename*` (RFC 5987); `filename` is for programs that know no better and is plain ASCII with the same extension.
 */
export const attachment = (name: string): string =>
  `attachment; filename="${asciiName(name)}"; filename*=UTF-8''${percentEncoded(name)}`;

const asciiName = (name: string): string => `report${/\.[A-Za-z0-9]+$/.exec(name)?.[0] ?? ""}`;

/** RFC 5987 allows fewer characters to stand for themselves than a URL does. */
const percentEncoded = (name: string): string =>
  encodeURIComponent(name.replace(/\p{Cs}/gu, "")).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
