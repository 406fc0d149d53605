import { expect, it, onTestFinished } from "vitest";
import { startEndpoint } from "../../local/endpoint/start-endpoint.ts";
import { installTuner } from "../../local/endpoint/install-tuner.ts";
import { resolveTemplate } from "./support/resolve-template.ts";
import { ofType, onTheEngine, parametrisedTemplate } from "./support/synthesised.ts";

it("the stack and the endpoint that plays it say in the same parameter, in the same words, where the tuner is", async () => {
  const endpoint = await startEndpoint();
  onTestFinished(() => endpoint.close());
  await installTuner(endpoint, () => undefined);
  const [[, parameter] = []] = ofType(resolveTemplate(parametrisedTemplate(), onTheEngine), "AWS::SSM::Parameter");
  const { Name: name, Value: value } = parameter?.Properties ?? {};
  const answer = await fetch(endpoint.url, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AmazonSSM.GetParameter",
      authorization:
        "AWS4-HMAC-SHA256 Credential=test/20260131/us-east-1/ssm/aws4_request, SignedHeaders=host, Signature=none",
    },
    body: JSON.stringify({ Name: name }),
  });
  const { Parameter: played } = (await answer.json()) as { readonly Parameter: { readonly Value: string } };
  expect(Object.keys(JSON.parse(played.Value) as object)).toEqual(Object.keys(JSON.parse(String(value)) as object));
});
