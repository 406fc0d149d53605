import { CfnOutput, Stack, type StackProps } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { toolVersion } from "../core/tool-version.ts";
import type { FunctionCode } from "./functions/function-code.ts";
import { installationParameterName } from "./installation-parameter.ts";
import { LambdaTuner } from "./lambda-tuner.ts";
import { conditionalReportBucket } from "./parameters/conditional-report-bucket.ts";
import { applyEncryption } from "./parameters/optional-encryption.ts";
import { applyNetwork } from "./parameters/optional-network.ts";
import { acknowledgeEmptyDefaults } from "./parameters/acknowledge-empty-defaults.ts";
import { applyAlarmTopic, applyLogRetention, applyPermissionsBoundary } from "./parameters/optional-settings.ts";
import { processorParameterScopes, tunableScopes } from "./parameters/parameter-scopes.ts";
import { declareParameters } from "./parameters/stack-parameters.ts";

/** Settings that are fixed when the stack is synthesised; all others are parameters of its template. */
export interface LambdaTunerStackProps extends StackProps {
  readonly code?: FunctionCode;
}

/**
 * The tuner as one stack whose settings are CloudFormation parameters: synthesised once, deployed anywhere.
 *
 * Apps of your own use the construct, whose settings are checked by the compiler.
 */
export class LambdaTunerStack extends Stack {
  readonly tuner: LambdaTuner;

  constructor(scope: Construct, id: string, { code, ...props }: LambdaTunerStackProps = {}) {
    super(scope, id, {
      description: `lambda-tuner ${toolVersion}: right-sizes the memory and timeout of Lambda functions`,
      ...props,
    });
    const parameters = declareParameters(this);
    const { created, used } = conditionalReportBucket(this, parameters);
    this.tuner = new LambdaTuner(this, "Tuner", {
      functions: tunableScopes(this, parameters),
      processors: processorParameterScopes(parameters),
      installationName: parameters.installationName.valueAsString,
      reportBucket: used,
      dailySpendAlarmUsd: parameters.dailySpendAlarmUsd.valueAsNumber,
      ...(code === undefined ? {} : { code }),
    });
    applyNetwork(this.tuner, parameters);
    applyEncryption(this.tuner, created, parameters);
    applyPermissionsBoundary(this.tuner, parameters);
    applyAlarmTopic(this.tuner, parameters);
    applyLogRetention(this.tuner, parameters);
    acknowledgeEmptyDefaults(this);
    this.output("StateMachineArn", this.tuner.stateMachine.stateMachineArn);
    this.output("UsedReportBucketName", used.bucketName);
    this.output("InstallationParameterName", installationParameterName(parameters.installationName.valueAsString));
    this.output("Version", toolVersion);
  }

  private output(id: string, value: string): CfnOutput {
    return new CfnOutput(this, id, { value });
  }
}
