import { setTimeout as delay } from "node:timers/promises";

export const parts = awslambda.streamifyResponse(async ({ count }, stream) => {
  for (let part = 0; part < count; part++) {
    stream.write(`part ${part};`);
    await delay(1);
  }
  stream.end();
});

export const page = awslambda.streamifyResponse(async (event, stream) => {
  const response = awslambda.HttpResponseStream.from(stream, { statusCode: 201 });
  response.write("body");
  response.end();
});

export const broken = awslambda.streamifyResponse(async (event, stream) => {
  stream.write("so far");
  throw new RangeError("in the middle");
});
