/**
 * Whether an error is the operating system's refusal to give what a command needs: disk, rights, memory, files, or a
 * folder for temporary files (TMPDIR), whatever is wrong with it.
 */
export const isRefusalOfSystem = (error: unknown): error is Error =>
  error instanceof Error &&
  "syscall" in error &&
  "code" in error &&
  (refusals.has(error.code) || error.syscall === "mkdtemp");

const refusals: ReadonlySet<unknown> = new Set([
  "EACCES",
  "EAGAIN",
  "EDQUOT",
  "EMFILE",
  "ENFILE",
  "ENOMEM",
  "ENOSPC",
  "EPERM",
  "EROFS",
]);
