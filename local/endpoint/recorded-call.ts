/** One API call that reached the endpoint: what tests and policy simulations look at. */
export interface RecordedCall {
  /** Service by its IAM prefix: `lambda`, `s3`, `dynamodb`, `cloudwatch`, `events`, `states`, `sts`, ... */
  readonly service: string;
  /** Name of the operation in the service's API, such as `Invoke`. */
  readonly action: string;
  /** What a policy must allow, such as `lambda:InvokeFunction`. */
  readonly iamAction: string;
  /** ARN that the call acts on; `*` for actions without a resource. */
  readonly resource: string;
  /** Parameters of the call; invocation payloads are left out. */
  readonly input: unknown;
  /** HTTP status of the answer; absent while the call is under way, or when its connection was dropped. */
  readonly status?: number;
  /** Exception the call was answered with. */
  readonly errorType?: string;
  /** Access key id of the signature: tests tell callers apart by the credentials they gave them. */
  readonly accessKeyId?: string;
  /** `User-Agent` of the client. */
  readonly userAgent?: string;
}
