import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, BillingMode, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import type { Construct } from "constructs";
import type { LambdaTunerProps } from "../lambda-tuner-props.ts";

/**
 * The table of locks: one item a target that is being tuned, with the record from which it can be restored.
 *
 * `forgetAt` is far behind the lock's own expiry: a record outlives every clean-up that may need it.
 */
export const createLockTable = (scope: Construct, { encryptionKey, removalPolicy }: LambdaTunerProps): Table =>
  new Table(scope, "Locks", {
    partitionKey: { name: "functionArn", type: AttributeType.STRING },
    timeToLiveAttribute: "forgetAt",
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    removalPolicy: removalPolicy ?? RemovalPolicy.DESTROY,
    ...(encryptionKey === undefined ? {} : { encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey }),
  });
