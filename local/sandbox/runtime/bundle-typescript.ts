import type { CodeTarget } from "../code-target.ts";

export const isTypeScript = (file: string): boolean => /\.[mc]?tsx?$/.test(file);

export const bundleTypeScript = async (_target: CodeTarget): Promise<{ file: string; dispose(): Promise<void> }> => {
  throw new RangeError("not yet");
};
