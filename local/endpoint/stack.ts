/** A CloudFormation stack that the endpoint plays: what a client finds out about a deployment. */
export interface Stack {
  readonly stackName: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** Names under which outputs are exported, by the output's key. */
  readonly exportNames?: Readonly<Record<string, string>>;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  /** SSM parameters that the stack holds, by name. */
  readonly ssmParameters?: Readonly<Record<string, string>>;
}
