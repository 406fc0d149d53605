/**
 * Text of somebody else's (a handler's error, a name) made safe for one line of a terminal: line breaks and tabs become
 * spaces, other control and direction characters become visible escapes, so that it can neither move the cursor nor
 * reorder what stands around it.
 *
 * @example
 * ```ts
 * printable("first\nsecond"); // => "first second"
 * ```
 */
export const printable = (text: string): string =>
  text.replace(/\s+/g, " ").replace(unsafeCharacters, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u${code.toString(16).padStart(4, "0")}`;
  });

/** Text cut to a number of characters, an ellipsis marking the cut. */
export const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, Math.max(0, most - 1)).trimEnd()}…`;

/**
 * Text broken into lines of at most `width` characters, at spaces where there are any.
 *
 * @param width - 1 or more.
 */
export const wrapped = (text: string, width: number): string[] => {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((whole) => pieces(whole, width))) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
};

// C0, DEL, C1, zero-width and bidirectional formatting characters.
// oxlint-disable-next-line no-control-regex -- finding control characters is the purpose
const unsafeCharacters = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

const pieces = (word: string, width: number): string[] =>
  word.length <= width ? [word] : (word.match(new RegExp(`.{1,${width}}`, "gsu")) ?? []);
