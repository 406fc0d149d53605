import * as fc from "fast-check";
import { expect, it } from "vitest";
import { OutputTail, outputLimitBytes } from "../../../../local/sandbox/process/output-tail.ts";

it("keeps short output as it came", () => {
  const tail = new OutputTail();
  tail.push(Buffer.from("one "));
  tail.push(Buffer.from("two"));
  expect(tail.take()).toBe("one two");
});

it("starts anew after it was taken", () => {
  const tail = new OutputTail();
  tail.push(Buffer.from("one"));
  tail.take();
  expect(tail.take()).toBe("");
});

it("puts a character together that came in two parts", () => {
  const tail = new OutputTail();
  const bytes = Buffer.from("grün");
  tail.push(bytes.subarray(0, 3));
  tail.push(bytes.subarray(3));
  expect(tail.take()).toBe("grün");
});

it("begins with a whole character where it cuts", () => {
  const tail = new OutputTail();
  tail.push(Buffer.from(`${"ü".repeat(outputLimitBytes)}x`));
  expect(tail.take()).toMatch(/^ü+x$/);
});

it("keeps the end of whatever came, and no more than the limit", () => {
  const chunks = fc.array(fc.integer({ min: 0, max: 50_000 }), { maxLength: 12 });
  fc.assert(
    fc.property(chunks, (lengths) => {
      const tail = new OutputTail();
      const all = lengths.map((length, index) => String(index % 10).repeat(length));
      for (const text of all) tail.push(Buffer.from(text));
      expect(tail.take()).toBe(all.join("").slice(-outputLimitBytes));
    }),
  );
});
