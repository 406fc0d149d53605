/**
 * Where in its own code a function failed, such as `index.mjs:3:9`: the innermost frame that is neither the runtime's nor
 * a package's.
 *
 * @param body - What the runtime posted: `trace` of Node.js, `stackTrace` of Python.
 * @returns `undefined` when the runtime tells no such frame.
 */
export const placeOfFailure = ({ trace, stackTrace }: Readonly<Record<string, unknown>>): string | undefined => {
  if (Array.isArray(trace)) return placesOfNode(trace.map(String))[0];
  return Array.isArray(stackTrace) ? placesOfPython(stackTrace.map(String)).at(-1) : undefined;
};

/** Innermost first: `    at work (file:///var/task/index.mjs:3:9)`. */
const placesOfNode = (lines: readonly string[]): string[] =>
  lines.flatMap((line) => {
    const [, file, position] = /^\s*at (?:.*\()?(?:file:\/\/)?([^()]+?)(:\d+:\d+)\)?$/.exec(line) ?? [];
    return file === undefined || position === undefined || isForeign(file) ? [] : [`${lastPart(file)}${position}`];
  });

/** Innermost last: `  File "/var/task/app.py", line 3, in handler`. */
const placesOfPython = (entries: readonly string[]): string[] =>
  entries.flatMap((entry) => {
    const [, file, line] = /File "([^"]+)", line (\d+)/.exec(entry) ?? [];
    return file === undefined || line === undefined || isForeign(file) ? [] : [`${lastPart(file)}:${line}`];
  });

/** The runtime's own files, those of the language, and packages. */
const isForeign = (file: string): boolean =>
  /^node:|^<|[/\\]node_modules[/\\]|[/\\](?:site|dist)-packages[/\\]|^\/var\/(?:runtime|lang)\/|[/\\]sandbox[/\\]bootstrap[/\\]|[/\\]lib[/\\]python/.test(
    file,
  );

const lastPart = (file: string): string => file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1);
