/**
 * Writes whole numbers as text, small ones in one character: 46 values a character, with two characters at the end that
 * check the rest. None of the characters has to be escaped in JSON.
 *
 * @param numbers - From 0 to 2^53 - 1.
 * @returns The empty text for no numbers.
 * @throws RangeError for anything else than such a number.
 *
 * @example
 * ```ts
 * textOfWholeNumbers([]); // => ""
 * textOfWholeNumbers([0, 1, 12345]).length; // => 7
 * ```
 */
export const textOfWholeNumbers = (numbers: readonly number[]): string => {
  if (numbers.length === 0) return "";
  const text = numbers.map(digitsOf).join("");
  return text + checkOf(text);
};

/**
 * Reads what `textOfWholeNumbers` wrote.
 *
 * @throws RangeError on any other text, as far as two check characters can tell.
 *
 * @example
 * ```ts
 * wholeNumbersOf(textOfWholeNumbers([0, 1, 12345])); // => [0, 1, 12345]
 * ```
 */
export const wholeNumbersOf = (text: string): number[] => {
  if (text === "") return [];
  const body = text.slice(0, -checkLength);
  if (text.length <= checkLength || text !== body + checkOf(body)) throw notOurs();
  const numbers: number[] = [];
  let value = 0;
  let scale = 1;
  for (const character of body) {
    const digit = digits.indexOf(character);
    value += (digit % base) * scale;
    scale *= base;
    if (digit >= base) continue;
    numbers.push(value);
    value = 0;
    scale = 1;
  }
  if (scale !== 1) throw notOurs();
  return numbers;
};

// Printable ASCII without the space, the quotation mark and the backslash. The upper half says that the number goes on.
const digits = "!#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";
const base = digits.length / 2;
const checkLength = 2;

/** Least significant digit first, so that most durations take three. */
const digitsOf = (number: number): string => {
  if (!Number.isSafeInteger(number) || number < 0) {
    throw new RangeError(`Expected a whole number of 0 or more, got ${number}.`);
  }
  let text = "";
  let rest = number;
  while (rest >= base) {
    text += digits.charAt(base + (rest % base));
    rest = Math.floor(rest / base);
  }
  return text + digits.charAt(rest);
};

/** A remainder that sees every character and its place; -1 for a character that is no digit cannot come out of writing. */
const checkOf = (body: string): string => {
  let remainder = body.length;
  for (const character of body) remainder = (remainder * 131 + digits.indexOf(character) + 1) % digits.length ** 2;
  return digits.charAt(remainder % digits.length) + digits.charAt(Math.floor(remainder / digits.length));
};

const notOurs = (): RangeError =>
  new RangeError("Expected an encoded text, got one that was cut or written elsewhere.");
