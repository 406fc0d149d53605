import type { CodeTarget } from "../code-target.ts";
import { bundleTypeScript, isTypeScript } from "./bundle-typescript.ts";

/** A target that can be started any number of times. Plain data, so that it can go to another thread. */
export interface PreparedTarget extends CodeTarget {
  /** What to start instead of the handler's file: a bundle made of it. */
  readonly bundle?: string;
}

/** Makes a target ready to be started: TypeScript is bundled once, not at every start. */
export const prepareTarget = async (
  target: CodeTarget,
): Promise<{ readonly target: PreparedTarget; readonly dispose: () => Promise<void> }> => {
  if (target.runtime !== "nodejs" || !isTypeScript(target.file)) return { target, dispose: async () => {} };
  const bundle = await bundleTypeScript(target);
  return { target: { ...target, bundle: bundle.file }, dispose: () => bundle.dispose() };
};
