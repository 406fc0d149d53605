import type { RunnerInvocation } from "../endpoint/function-runner.ts";

/** What is kept between two invocations. */
interface Keepable {
  /** Memory that it takes while it is kept. */
  readonly heldMb: number;
}

interface Idle<Environment> {
  readonly owner: object;
  readonly version: string;
  readonly settings: string;
  readonly environment: Environment;
}

/**
 * Environments between two invocations, each tied to the function, the version and the settings that it was started with.
 *
 * Those of all runners of a machine together, as they share its memory.
 */
export class IdleEnvironments<Environment extends Keepable> {
  readonly #capacityMb: number;
  /** Used longest ago first. */
  #idle: Idle<Environment>[] = [];

  /** @param capacityMb - Memory that idle environments may hold together. */
  constructor(capacityMb: number) {
    this.#capacityMb = capacityMb;
  }

  /** Takes the environment that was used last, of those that fit the invocation. */
  take(owner: object, invocation: RunnerInvocation): Environment | undefined {
    const settings = settingsOf(invocation);
    const at = this.#idle.findLastIndex(
      (idle) => idle.owner === owner && idle.version === invocation.version && idle.settings === settings,
    );
    return at === -1 ? undefined : this.#idle.splice(at, 1)[0]?.environment;
  }

  /** @returns Environments that must make room, those used longest ago. The one just put always stays. */
  put(owner: object, invocation: RunnerInvocation, environment: Environment): readonly Environment[] {
    this.#idle.push({ owner, version: invocation.version, settings: settingsOf(invocation), environment });
    let heldMb = this.#idle.reduce((sum, idle) => sum + idle.environment.heldMb, 0);
    const excess: Environment[] = [];
    while (heldMb > this.#capacityMb && this.#idle.length > 1) {
      const [oldest] = this.#idle.splice(0, 1);
      if (oldest === undefined) break;
      heldMb -= oldest.environment.heldMb;
      excess.push(oldest.environment);
    }
    return excess;
  }

  /** Takes all environments of a runner, or those of one version. */
  takeAll(owner: object, version?: string): readonly Environment[] {
    const isWanted = (idle: Idle<Environment>): boolean =>
      idle.owner === owner && (version === undefined || idle.version === version);
    const taken = this.#idle.filter(isWanted);
    this.#idle = this.#idle.filter((idle) => !isWanted(idle));
    return taken.map(({ environment }) => environment);
  }
}

// `$LATEST` can change its settings under the same name: an environment of the old ones must not serve the new.
const settingsOf = ({ memorySizeMb, environment, logFormat, functionName }: RunnerInvocation): string =>
  JSON.stringify([functionName, memorySizeMb, logFormat, Object.entries(environment)]);
