import { expect, it } from "vitest";
import { placeOfFailure } from "../../../functions/aws/place-of-failure.ts";

it.each([
  [
    "the innermost frame of the function's own, in Node.js",
    {
      trace: [
        "TypeError: no",
        "    at check (node:internal/crypto/scrypt:84:10)",
        "    at hash (file:///var/task/node_modules/lib/index.js:1:1)",
        "    at work (file:///var/task/src/work.mjs:12:9)",
        "    at Runtime.handler (/var/task/index.js:3:5)",
      ],
    },
    "work.mjs:12:9",
  ],
  ["a frame without a function's name", { trace: ["Error: no", "    at /var/task/index.js:3:5"] }, "index.js:3:5"],
  ["a frame of an async function", { trace: ["    at async handler (file:///a/b.mjs:7:1)"] }, "b.mjs:7:1"],
  [
    "the innermost frame of the function's own, in Python",
    {
      stackTrace: [
        '  File "/var/task/app.py", line 3, in handler\n    work()\n',
        '  File "/var/task/work.py", line 9, in work\n    json.loads("")\n',
        '  File "/usr/lib/python3.11/json/__init__.py", line 346, in loads\n    return 1\n',
      ],
    },
    "work.py:9",
  ],
  [
    "nothing when only the runtime failed",
    { trace: ["    at async main (file:///x/local/sandbox/bootstrap/node.mjs:30:12)"] },
    undefined,
  ],
  ["nothing when there is no trace", { trace: [] }, undefined],
  ["nothing of other documents", { errorMessage: "no" }, undefined],
])("names %s", (_, body, place) => {
  expect(placeOfFailure(body)).toBe(place);
});
