import type { RunnerInvocation } from "../endpoint/function-runner.ts";
import type { Environment } from "./environment.ts";

interface Idle {
  readonly version: string;
  readonly settings: string;
  readonly environment: Environment;
}

/** Environments between two invocations, each tied to the version and the settings that it was started with. */
export class IdleEnvironments {
  #idle: Idle[] = [];

  /** Takes the environment that was used last, of those that fit the invocation. */
  take(invocation: RunnerInvocation): Environment | undefined {
    const settings = settingsOf(invocation);
    const at = this.#idle.findLastIndex((idle) => idle.version === invocation.version && idle.settings === settings);
    return at === -1 ? undefined : this.#idle.splice(at, 1)[0]?.environment;
  }

  put(invocation: RunnerInvocation, environment: Environment): void {
    this.#idle.push({ version: invocation.version, settings: settingsOf(invocation), environment });
  }

  takeVersion(version: string): Environment[] {
    const taken = this.#idle.filter((idle) => idle.version === version);
    this.#idle = this.#idle.filter((idle) => idle.version !== version);
    return taken.map(({ environment }) => environment);
  }

  takeAll(): Environment[] {
    const taken = this.#idle;
    this.#idle = [];
    return taken.map(({ environment }) => environment);
  }
}

// `$LATEST` can change its settings under the same name: an environment of the old ones must not serve the new.
const settingsOf = ({ memorySizeMb, environment, logFormat, functionName }: RunnerInvocation): string =>
  JSON.stringify([functionName, memorySizeMb, logFormat, Object.entries(environment)]);
