import { text } from "node:stream/consumers";

/** All of stdin as UTF-8. */
export const readStdin = (): Promise<string> => text(process.stdin);
