/** What a handler uses of Lambda's context object. */
export interface HandlerContext {
  /** Milliseconds until the platform ends this invocation of ours. */
  getRemainingTimeInMillis(): number;
  readonly awsRequestId?: string;
  /** Aborted when the run is interrupted. The embedded engine gives one; Lambda has no such thing. */
  readonly signal?: AbortSignal;
}
