import type { StateMachine } from "aws-local-stepfunctions";
import type { HostEvent, HostState } from "../endpoint/execution-host.ts";

type InterpreterEvent =
  ReturnType<StateMachine["run"]>["eventLogs"] extends AsyncGenerator<infer Event> ? Event : never;

/** Translates the interpreter's events; those that say nothing to anybody are left out. */
export const hostEventsOf = (event: InterpreterEvent): readonly HostEvent[] => {
  switch (event.type) {
    case "StateEntered":
      return [
        { kind: "state-entered", state: stateOf(event.state), input: event.state.input },
        ...scheduled(event.state),
      ];
    case "StateExited":
      return [{ kind: "state-exited", state: stateOf(event.state), output: event.state.output }];
    case "StateFailed":
      return event.state.type === "Task"
        ? [{ kind: "task-failed", state: stateOf(event.state), error: event.Error, cause: String(event.Cause) }]
        : [];
    case "StateRetried":
      return scheduled(event.state);
    case "MapIterationStarted":
      return [{ kind: "iteration-started", state: stateOf(event.parentState), index: event.index }];
    case "MapIterationSucceeded":
      return [{ kind: "iteration-succeeded", state: stateOf(event.parentState), index: event.index }];
    case "MapIterationFailed":
      return [{ kind: "iteration-failed", state: stateOf(event.parentState), index: event.index }];
    default:
      return [];
  }
};

const scheduled = (state: HostState): readonly HostEvent[] =>
  state.type === "Task" ? [{ kind: "task-scheduled", state: stateOf(state) }] : [];

const stateOf = ({ name, type }: HostState): HostState => ({ name, type });
