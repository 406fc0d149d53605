/** A synthesised template. */
export interface Template {
  readonly Parameters?: Readonly<Record<string, { readonly Default?: string | number }>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Rules?: Readonly<Record<string, unknown>>;
  readonly Outputs?: Readonly<Record<string, unknown>>;
}

export interface TemplateResource {
  readonly Type: string;
  readonly Condition?: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: readonly string[] | string;
}

/** Where and how a template would be deployed. */
export interface Deployment {
  readonly parameters?: Readonly<Record<string, string>>;
  readonly region?: string;
  readonly account?: string;
  /** The physical name of a resource. Default: its logical id. */
  readonly nameOf?: (logicalId: string, resource: TemplateResource) => string;
}

/**
 * Resolves a template as CloudFormation would when it deploys: parameters, conditions, references and the functions of
 * strings and lists. Resources whose condition does not hold are left out.
 *
 * @throws TypeError on anything that it does not know: a test must not pass on a token.
 */
export const resolveTemplate = (template: Template, deployment: Deployment = {}): Record<string, TemplateResource> => {
  const context = contextOf(template, deployment);
  return Object.fromEntries(
    Object.entries(template.Resources)
      .filter(([, { Condition: condition }]) => condition === undefined || context.holds(condition))
      .map(([id, resource]) => [id, { ...resource, Properties: asRecord(context.resolve(resource.Properties)) }]),
  );
};

const noValue = Symbol("AWS::NoValue");

interface Context {
  resolve(value: unknown): unknown;
  holds(condition: string): boolean;
}

const contextOf = (template: Template, { parameters = {}, ...deployment }: Deployment): Context => {
  const { region = "us-east-1", account = "123456789012", nameOf = (id: string) => id } = deployment;
  const pseudo: Record<string, unknown> = {
    "AWS::Region": region,
    "AWS::AccountId": account,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
    "AWS::StackName": "LambdaTuner",
    "AWS::NoValue": noValue,
  };
  const physicalName = (id: string): string => {
    const resource = template.Resources[id];
    if (resource === undefined) throw new TypeError(`The template refers to ${id}, which it does not have.`);
    return nameOf(id, resource);
  };
  const ref = (id: string): unknown => {
    if (id in pseudo) return pseudo[id];
    const parameter = template.Parameters?.[id];
    if (parameter !== undefined) return parameters[id] ?? `${parameter.Default ?? ""}`;
    const type = template.Resources[id]?.Type;
    return type === "AWS::StepFunctions::StateMachine" || type === "AWS::SQS::Queue"
      ? arnOf(type, physicalName(id), region, account)
      : physicalName(id);
  };
  const attribute = (id: string, name: string): unknown => {
    if (name === "Version") return "1";
    if (name === "QueueName" || name === "Name" || name === "GroupId") return physicalName(id);
    if (name !== "Arn") throw new TypeError(`Unknown attribute ${name} of ${id}.`);
    return arnOf(template.Resources[id]?.Type ?? "", physicalName(id), region, account);
  };
  const byPath = (path: string): unknown => {
    const [id = "", name = ""] = path.split(".");
    return attribute(id, name);
  };
  const holds = (condition: string): boolean => resolve(template.Conditions?.[condition]) === true;
  const functions: Record<string, (argument: unknown) => unknown> = {
    Ref: (id) => ref(String(id)),
    "Fn::GetAtt": (argument) => {
      const [id, name] = asList(argument);
      return attribute(String(id), String(name));
    },
    "Fn::Join": (argument) => {
      const [delimiter, parts] = asList(argument);
      return asList(resolve(parts)).map(String).join(String(delimiter));
    },
    "Fn::Split": (argument) => {
      const [delimiter, text] = asList(argument);
      return String(resolve(text)).split(String(delimiter));
    },
    "Fn::Select": (argument) => {
      const [index, list] = asList(argument);
      const chosen = asList(resolve(list))[Number(index)];
      if (chosen === undefined) throw new TypeError(`The list has no element ${String(index)}.`);
      return chosen;
    },
    "Fn::Sub": (argument) => substituted(argument, (name) => (name.includes(".") ? byPath(name) : ref(name))),
    "Fn::If": (argument) => {
      const [condition, then, otherwise] = asList(argument);
      return resolve(holds(String(condition)) ? then : otherwise);
    },
    "Fn::Equals": (argument) => {
      const [a, b] = asList(resolve(argument));
      return a === b;
    },
    "Fn::Not": (argument) => asList(resolve(argument))[0] !== true,
    "Fn::And": (argument) => asList(resolve(argument)).every((each) => each === true),
    "Fn::Or": (argument) => asList(resolve(argument)).some((each) => each === true),
    Condition: (id) => holds(String(id)),
  };
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve).filter((each) => each !== noValue);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value);
    const [only] = entries;
    if (only !== undefined && entries.length === 1) {
      const apply = functions[only[0]];
      // `Condition` is a function in conditions, and a block of statements.
      if (apply !== undefined && !(only[0] === "Condition" && typeof only[1] !== "string")) return apply(only[1]);
      if (only[0].startsWith("Fn::")) throw new TypeError(`Unknown function ${only[0]}.`);
    }
    return Object.fromEntries(
      entries.map(([key, inner]) => [key, resolve(inner)]).filter(([, inner]) => inner !== noValue),
    );
  };
  return { resolve, holds };
};

const arnOf = (type: string, name: string, region: string, account: string): string => {
  const place = `${region}:${account}`;
  switch (type) {
    case "AWS::Lambda::Function":
      return `arn:aws:lambda:${place}:function:${name}`;
    case "AWS::DynamoDB::Table":
      return `arn:aws:dynamodb:${place}:table/${name}`;
    case "AWS::S3::Bucket":
      return `arn:aws:s3:::${name}`;
    case "AWS::SQS::Queue":
      return `arn:aws:sqs:${place}:${name}`;
    case "AWS::Logs::LogGroup":
      return `arn:aws:logs:${place}:log-group:${name}:*`;
    case "AWS::IAM::Role":
      return `arn:aws:iam::${account}:role/${name}`;
    case "AWS::StepFunctions::StateMachine":
      return `arn:aws:states:${place}:stateMachine:${name}`;
    case "AWS::Events::Rule":
      return `arn:aws:events:${place}:rule/${name}`;
    case "AWS::CloudWatch::Alarm":
      return `arn:aws:cloudwatch:${place}:alarm:${name}`;
    case "AWS::KMS::Key":
      return `arn:aws:kms:${place}:key/${name}`;
    default:
      throw new TypeError(`Unknown ARN of ${type}.`);
  }
};

/** `${Name}` and `${Id.Attribute}` of a text; `${!Literal}` stays. The form with a map of its own is not used here. */
const substituted = (text: unknown, valueOf: (name: string) => unknown): string => {
  if (typeof text !== "string") throw new TypeError(`Expected a text in Fn::Sub, got ${JSON.stringify(text)}.`);
  return text.replaceAll(/\$\{(!?)([^}]+)\}/g, (_all, literal: string, name: string) =>
    literal === "" ? String(valueOf(name)) : `\${${name}}`,
  );
};

const asList = (value: unknown): readonly unknown[] => {
  if (!Array.isArray(value)) throw new TypeError(`Expected a list, got ${JSON.stringify(value)}.`);
  return value;
};

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
