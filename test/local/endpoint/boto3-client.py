"""Drives the endpoint as an independent client; prints what it saw as one JSON document."""

import base64
import json
import os
import sys

import boto3
from botocore.config import Config

function = sys.argv[1]
# Releases of boto3 before 1.28 do not read this variable by themselves.
at_endpoint = {"endpoint_url": os.environ["AWS_ENDPOINT_URL"]}
client = boto3.client("lambda", **at_endpoint, config=Config(retries={"total_max_attempts": 1}))
waiting = {"Delay": 0, "MaxAttempts": 5}
seen = {}


def error_of(call, **arguments):
    """The class of the exception that a call ends with, and the code in its answer."""
    try:
        call(**arguments)
    except client.exceptions.ClientError as error:
        return [type(error).__name__, error.response["Error"]["Code"]]
    return None


seen["identity"] = boto3.client("sts", **at_endpoint).get_caller_identity()["Account"]
before = client.get_function_configuration(FunctionName=function)
seen["memoryBefore"] = before["MemorySize"]
updated = client.update_function_configuration(
    FunctionName=function, MemorySize=512, RevisionId=before["RevisionId"]
)
seen["statusAfterUpdate"] = updated["LastUpdateStatus"]
seen["conflict"] = error_of(
    client.update_function_configuration, FunctionName=function, MemorySize=256
)
client.get_waiter("function_updated_v2").wait(FunctionName=function, WaiterConfig=waiting)
seen["outdated"] = error_of(
    client.update_function_configuration,
    FunctionName=function,
    MemorySize=256,
    RevisionId=before["RevisionId"],
)

published = client.publish_version(FunctionName=function, Description="by boto3")
version = published["Version"]
seen["published"] = [version, published["MemorySize"], published["Description"], published["State"]]
client.get_waiter("function_active_v2").wait(
    FunctionName=function, Qualifier=version, WaiterConfig=waiting
)
seen["publishedAgain"] = client.publish_version(FunctionName=function)["Version"]

answer = client.invoke(
    FunctionName=function, Qualifier=version, LogType="Tail", Payload=json.dumps({"width": 100})
)
seen["invoked"] = [answer["StatusCode"], answer["ExecutedVersion"], answer.get("FunctionError")]
seen["payload"] = json.load(answer["Payload"])
seen["tail"] = base64.b64decode(answer["LogResult"]).decode()

alias = client.create_alias(FunctionName=function, Name="live", FunctionVersion=version)
seen["alias"] = [alias["Name"], alias["FunctionVersion"]]
seen["invokedByAlias"] = client.invoke(FunctionName=function + ":live")["ExecutedVersion"]
seen["held"] = error_of(client.delete_function, FunctionName=function, Qualifier=version)
client.delete_alias(FunctionName=function, Name="live")
client.delete_function(FunctionName=function, Qualifier=version)
seen["versions"] = [
    listed["Version"]
    for page in client.get_paginator("list_versions_by_function").paginate(FunctionName=function)
    for listed in page["Versions"]
]
seen["notFound"] = error_of(client.get_function, FunctionName="nobody")
seen["badMemory"] = error_of(
    client.update_function_configuration, FunctionName=function, MemorySize=20000
)
seen["limits"] = client.get_account_settings()["AccountLimit"]["ConcurrentExecutions"]

objects = boto3.client("s3", **at_endpoint)
objects.put_object(Bucket="reports", Key="a/b.json", Body=b"{}")
seen["object"] = objects.get_object(Bucket="reports", Key="a/b.json")["Body"].read().decode()

locks = boto3.resource("dynamodb", **at_endpoint).create_table(
    TableName="locks",
    KeySchema=[{"AttributeName": "target", "KeyType": "HASH"}],
    AttributeDefinitions=[{"AttributeName": "target", "AttributeType": "S"}],
    BillingMode="PAY_PER_REQUEST",
)
locks.wait_until_exists()
locks.put_item(Item={"target": function, "run": "r"})
seen["lock"] = locks.get_item(Key={"target": function})["Item"]["run"]

stacks = boto3.client("cloudformation", **at_endpoint)
seen["outputs"] = stacks.describe_stacks(StackName="LambdaTuner")["Stacks"][0]["Outputs"]
seen["exports"] = [
    [export["Name"], export["Value"]] for export in stacks.list_exports()["Exports"]
]
seen["parameter"] = boto3.client("ssm", **at_endpoint).get_parameter(Name="/lambda-tuner/a&b")[
    "Parameter"
]["Value"]

json.dump(seen, sys.stdout)
