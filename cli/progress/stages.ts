/** What a person is told that a run is doing, by the state it is in; states that are not here say nothing new. */
export const stageWords: Readonly<Record<string, string>> = {
  Plan: "planning",
  AcquireLock: "taking the lock",
  Provision: "publishing versions",
  Measure: "measuring",
  Analyze: "deciding",
  CleanUp: "restoring the function",
  CleanUpAfterFailure: "restoring the function after a failure",
  Observe: "reading production metrics",
  Recommend: "recommending",
  Apply: "applying",
  StoreReport: "storing the report",
};
