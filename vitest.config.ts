import { defineConfig } from "vitest/config";

const resultsFile = process.env["TEST_RESULTS_FILE"];

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    pool: "forks",
    testTimeout: 30_000,
    hookTimeout: 30_000,
    maxWorkers: 2,
    // For .ci/run, which counts: the results as JSON, beside what a person reads.
    reporters: resultsFile === undefined ? ["default"] : ["default", ["json", { outputFile: resultsFile }]],
  },
});
