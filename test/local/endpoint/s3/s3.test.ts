import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { GetObjectCommand, HeadObjectCommand, NoSuchKey, NotFound, PutObjectCommand } from "@aws-sdk/client-s3";
import { expect, it, onTestFinished } from "vitest";
import { clientsOf, startTestEndpoint } from "../../../support/test-endpoint.ts";

const Bucket = "reports";
const Key = "reports/thumbnails/a run.json";

const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "objects-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

it.each(["memory", "a folder"])("gives back what was put, from %s", async (where) => {
  const endpoint = await startTestEndpoint(where === "memory" ? {} : { objectsFolder: temporaryFolder() });
  const { s3 } = clientsOf(endpoint);
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: '{"ü":1}', ContentType: "application/json" }));
  const object = await s3.send(new GetObjectCommand({ Bucket, Key }));
  expect(object.ContentType).toBe("application/json");
  expect(await object.Body?.transformToString()).toBe('{"ü":1}');
  expect(await s3.send(new HeadObjectCommand({ Bucket, Key }))).toMatchObject({ ContentLength: 8, ETag: object.ETag });
});

it("takes a stream", async () => {
  const { s3 } = clientsOf(await startTestEndpoint());
  const Body = Readable.from([Buffer.from("one "), Buffer.from("two")]);
  await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentLength: 7 }));
  const object = await s3.send(new GetObjectCommand({ Bucket, Key }));
  expect(await object.Body?.transformToString()).toBe("one two");
});

it("puts objects into a folder under their keys", async () => {
  const folder = temporaryFolder();
  const { s3 } = clientsOf(await startTestEndpoint({ objectsFolder: folder }));
  await s3.send(new PutObjectCommand({ Bucket, Key: "reports/thumbnails/1.json", Body: "{}" }));
  expect(readFileSync(join(folder, "reports/thumbnails/1.json"), "utf8")).toBe("{}");
});

it.each(["../outside.json", "a/../../outside.json", "a//b"])("writes nothing under the key %s", async (key) => {
  const folder = temporaryFolder();
  const { s3 } = clientsOf(await startTestEndpoint({ objectsFolder: join(folder, "inside") }));
  await expect(s3.send(new PutObjectCommand({ Bucket, Key: key, Body: "{}" }))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 400 },
  });
  expect(existsSync(join(folder, "outside.json"))).toBe(false);
});

it("refuses at once what the folder cannot hold", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "reports"), "a file, not a folder");
  const { s3 } = clientsOf(await startTestEndpoint({ objectsFolder: folder }), 3);
  await expect(s3.send(new PutObjectCommand({ Bucket, Key, Body: "{}" }))).rejects.toMatchObject({
    name: "AccessDenied",
    $metadata: { attempts: 1 },
  });
});

it("says that there is no such object", async () => {
  const { s3 } = clientsOf(await startTestEndpoint());
  await expect(s3.send(new GetObjectCommand({ Bucket, Key }))).rejects.toThrow(NoSuchKey);
  await expect(s3.send(new HeadObjectCommand({ Bucket, Key }))).rejects.toThrow(NotFound);
});

it.skipIf(!existsSync("/proc/self"))("refuses a folder that takes no other", async () => {
  const { s3 } = clientsOf(await startTestEndpoint({ objectsFolder: "/proc/objects" }), 3);
  await expect(s3.send(new PutObjectCommand({ Bucket, Key, Body: "{}" }))).rejects.toMatchObject({
    name: "AccessDenied",
    $metadata: { attempts: 1 },
  });
});
