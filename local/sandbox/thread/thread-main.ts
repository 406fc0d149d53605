import { parentPort } from "node:worker_threads";
import { EnvironmentRunner } from "../environment-runner.ts";
import { preferOwnThread } from "../process/own-thread.ts";
import type { Answer, Question } from "./messages.ts";

const runners = new Map<number, EnvironmentRunner>();
const aborts = new Map<number, AbortController>();

const listen = (): void => {
  parentPort?.on("message", (question: Question) => {
    if (question.kind === "abort") aborts.get(question.call)?.abort(new Error("The caller has gone."));
    else void reply(question);
  });
};

type Answered = Exclude<Question, { readonly kind: "abort" }>;

const reply = async (question: Answered): Promise<void> => {
  const answer = await answerTo(question).catch(
    (error: unknown): Answer => ({
      call: question.call,
      kind: "failed",
      message: error instanceof Error ? error.message : String(error),
    }),
  );
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage(answer);
};

const answerTo = async (question: Answered): Promise<Answer> => {
  const { call } = question;
  switch (question.kind) {
    case "open": {
      const runner = await EnvironmentRunner.open(question.target, question.options);
      runners.set(question.runner, runner);
      return { call, kind: "opened", cpu: runner.cpu };
    }
    case "invoke":
      return { call, kind: "invoked", result: await invoke(question) };
    case "retire":
      await runnerOf(question).retire(question.version);
      return { call, kind: "done" };
    case "close":
      await runnerOf(question).close();
      return { call, kind: "done" };
  }
};

const invoke = async (question: Extract<Question, { readonly kind: "invoke" }>) => {
  const controller = new AbortController();
  aborts.set(question.call, controller);
  try {
    return await runnerOf(question).invoke({ ...question.invocation, signal: controller.signal });
  } finally {
    aborts.delete(question.call);
  }
};

const runnerOf = ({ runner }: Answered): EnvironmentRunner => {
  const found = runners.get(runner);
  if (found === undefined) throw new RangeError(`There is no runner ${runner}.`);
  return found;
};

preferOwnThread();
listen();
