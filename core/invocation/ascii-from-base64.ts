/**
 * Decodes base64 to text with one character per byte (ISO 8859-1).
 *
 * REPORT records are ASCII, and a 4 KB tail may begin in the middle of a UTF-8 character: bytes are not interpreted, so
 * nothing in the function's own text can make decoding fail.
 *
 * @param base64 - Standard alphabet; padding and line breaks are optional.
 * @returns The text, or `undefined` when `base64` has a character or a length that base64 cannot have.
 *
 * @example
 * ```ts
 * asciiFromBase64("UkVQT1JU"); // => "REPORT"
 * asciiFromBase64("no base64!"); // => undefined
 * ```
 */
export const asciiFromBase64 = (base64: string): string | undefined => {
  const digits = base64.replace(/[\r\n]/g, "").replace(/={1,2}$/, "");
  if (digits.length % 4 === 1) return undefined;
  const characters: string[] = [];
  let bits = 0;
  let pending = 0;
  for (const digit of digits) {
    const value = alphabet.indexOf(digit);
    if (value < 0) return undefined;
    pending = ((pending << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      characters.push(String.fromCharCode((pending >> bits) & 0xff));
    }
  }
  return characters.join("");
};

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
