import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Vpc } from "aws-cdk-lib/aws-ec2";
import { Key } from "aws-cdk-lib/aws-kms";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { ScheduleExpression } from "aws-cdk-lib/aws-scheduler";
import { functionNames, pascalCase } from "../infra/functions/function-names.ts";
import type { LambdaTunerProps } from "../infra/lambda-tuner-props.ts";
import {
  type GrantedRow,
  type Settings,
  type SynthesisedRole,
  synthesisedRoles,
} from "./permissions/synthesised-roles.ts";

/** The page as a whole: every permission of every role, as the template grants it. */
export const permissionsPage = (): string => {
  const sections = sectionsOf(synthesised());
  const shared = rowsInAll(sections.filter(({ title }) => title.startsWith("Function ")));
  const every = {
    title: "Every function",
    text: "Besides what is listed for it below. Their roles are taken by `lambda.amazonaws.com`, for functions of this account alone: Lambda\ntakes no role of another account than the function's.",
    rows: shared,
  };
  const own = sections.map((section) => ({
    ...section,
    rows: section.rows.filter((row) => !section.title.startsWith("Function ") || !shared.some(isSame(row))),
  }));
  return [preamble, ...[every, ...own].flatMap(lines)].join("\n");
};

interface Row extends GrantedRow {
  /** The setting that the statement comes with; absent for those that are always there. */
  readonly option?: string;
}

interface Section {
  readonly title: string;
  readonly text: string;
  /** Who takes the role. */
  readonly assumed?: string;
  readonly rows: readonly Row[];
}

interface Synthesised {
  readonly option?: string;
  readonly roles: readonly SynthesisedRole[];
}

const synthesised = (): readonly Synthesised[] => [
  { roles: synthesisedRoles(() => least) },
  ...Object.entries(options).map(([option, add]) => ({
    option,
    roles: synthesisedRoles((stack) => ({ ...least, ...add(stack) })),
  })),
];

const sectionsOf = (all: readonly Synthesised[]): readonly Section[] =>
  roleTitles.map(({ title, text, matches }) => {
    const rows = new Map<string, Row>();
    for (const { option, roles } of all) {
      for (const row of roles.filter(({ id }) => matches(id)).flatMap((role) => role.rows)) {
        if (!rows.has(row.sid)) rows.set(row.sid, option === undefined ? row : { ...row, option });
      }
    }
    const assumed = assumedOf(all.flatMap(({ roles }) => roles).find(({ id }) => matches(id)));
    return { title, text, ...(assumed === undefined ? {} : { assumed }), rows: [...rows.values()] };
  });

/** Functions say it once, for all of them. */
const assumedOf = (role: SynthesisedRole | undefined): string | undefined => {
  if (role === undefined) throw new TypeError("Expected a role of this name in the template, found none.");
  const { assumedBy, assumedWhen } = role;
  if (assumedBy === "lambda.amazonaws.com") return undefined;
  const when = assumedWhen.map((condition) => `\`${condition}\``).join(" and ");
  return `Taken by \`${assumedBy}\`${when === "" ? "" : `, when ${when}`}.`;
};

const rowsInAll = ([first, ...rest]: readonly Section[]): readonly Row[] =>
  (first?.rows ?? [])
    .filter((row) => rest.every(({ rows }) => rows.some(isSame(row))))
    .map((row) => ({
      ...row,
      resources: row.resources.map((resource) => resource.replace("<plan log>", "<its log>")),
    }));

const isSame =
  (a: Row) =>
  (b: Row): boolean =>
    a.sid === b.sid && a.why === b.why && a.actions.join() === b.actions.join() && a.option === b.option;

const lines = ({ title, text, assumed, rows }: Section): readonly string[] => [
  `## ${title}`,
  "",
  text,
  "",
  ...(assumed === undefined ? [] : [assumed, ""]),
  ...(rows.length === 0 ? [] : [...table(rows), ""]),
];

const least: LambdaTunerProps = { functions: ["my-function"] };

/** What a user can add, and what it takes. */
const options: Readonly<Record<string, (stack: Parameters<Settings>[0]) => Partial<LambdaTunerProps>>> = {
  processors: () => ({ processors: ["my-processor"] }),
  encryptionKey: (stack) => ({
    encryptionKey: Key.fromKeyArn(stack, "Key", "arn:aws:kms:eu-west-1:111122223333:key/my-key"),
  }),
  "reportBucket with a key": (stack) => ({
    reportBucket: Bucket.fromBucketAttributes(stack, "Bucket", {
      bucketName: "my-bucket",
      encryptionKey: Key.fromKeyArn(stack, "BucketKey", "arn:aws:kms:eu-west-1:111122223333:key/key-of-my-bucket"),
    }),
  }),
  vpc: (stack) => ({
    vpc: Vpc.fromVpcAttributes(stack, "Vpc", {
      vpcId: "vpc-1",
      availabilityZones: ["a"],
      privateSubnetIds: ["subnet-1"],
    }),
  }),
  schedules: () => ({ schedules: [{ target: "my-function", cadence: ScheduleExpression.expression("rate(7 days)") }] }),
};

const functionTexts: Readonly<Record<(typeof functionNames)[number], string>> = {
  plan: "Checks a request against the target and the account. Changes nothing.",
  provision:
    "Publishes one version of the target for each size to measure, and puts `$LATEST` back before the run invokes anything.\nA version is a copy of `$LATEST`: callers that name no version or alias meet each size while it is being published.",
  measure: "Invokes the versions of the run.",
  analyze: "Decides from the samples whether to measure more. Calls no API of AWS, so it has no permission of its own.",
  "clean-up":
    "Removes what a run made, in the run and after one that was stopped. Proves that the target is as it was.",
  observe: "Reads what production shows of the target. Whatever it may not read becomes a warning of the report.",
  recommend: "Makes the report.",
  apply: "Sets what was recommended, for requests that say `apply`.",
};

const roleTitles = [
  ...functionNames.map((name) => ({
    title: `Function ${name}`,
    matches: (id: string) => id.startsWith(`TunerFunctions${pascalCase(name)}Role`),
    text: functionTexts[name],
  })),
  {
    title: "State machine",
    matches: (id: string) => id.startsWith("TunerMachineRole"),
    text: "Calls the functions, holds the lock, stores and announces the report.",
  },
  {
    title: "Schedules",
    matches: (id: string) => id.startsWith("TunerSchedulesRole"),
    text: "Exists only with schedules.",
  },
];

const table = (rows: readonly Row[]): readonly string[] => [
  "| Action | Resource | Only with | Why |",
  "|---|---|---|---|",
  ...rows.map(
    ({ actions, resources, conditions, option, why }) =>
      `| ${code(actions)} | ${code(resources)}${conditions.length === 0 ? "" : `<br>when ${code(conditions)}`} | ${option === undefined ? "" : `\`${option}\``} | ${why} |`,
  ),
];

const code = (texts: readonly string[]): string => texts.map((text) => `\`${text}\``).join("<br>");

const preamble = `# Permissions

Everything that lambda-tuner may do in an account, on one page. Generated from the synthesised template by
\`node scripts/write-permissions.ts\`; a test fails while this page is stale, and other tests hold every call of real runs against these
very statements: all allowed, none unused, the same calls on any other function denied.

Here one function may be tuned, \`my-function\`. With the CDK construct that is \`functions: ["my-function"]\`, with the template it is
\`TunableFunctionArns\`; several functions, name patterns and tags stand in its place. A tag becomes a condition on
\`aws:ResourceTag/<key>\`.

- One role for each function and one for the state machine. No managed policies, no wildcard actions; \`*\` as a resource only where
  AWS offers nothing narrower.
- Only functions that you name can be touched. There is no default.
- \`lambda:DeleteFunction\` is granted on versions alone (\`my-function:*\`): the function itself cannot be deleted.
- No role may read or change code, or create, change or pass a role.
- \`lambda:UpdateFunctionConfiguration\` is the narrowest permission that AWS has for setting memory, and covers every other setting but
  the role. The tuner sends memory, timeout and description, each conditional on the revision that it has read. Who may change the
  tuner's own code can therefore change what its targets do: guard the stack as you guard them.
- A tag lets in whoever may tag: with \`lambda:TagResource\` on a function one can make it tunable.
- \`lambda:GetFunctionConfiguration\` returns environment variables. They enter a fingerprint that is compared after the run; nothing
  keeps or logs them. Variables that a key of yours encrypts are not readable to the tuner, which needs no permission on that key, and
  are left out of the comparison.
- Nobody but the state machine and two EventBridge rules of this stack may call the functions. Starting a run takes
  \`states:StartExecution\` on the state machine, which is yours to grant.
`;

if (import.meta.main) {
  writeFileSync(fileURLToPath(new URL("../docs/permissions.md", import.meta.url)), permissionsPage());
}
