"""Runs the snippets that the queue names, in the sandbox, and keeps what came of it."""

import json
import os

import boto3

table = boto3.resource("dynamodb").Table(os.environ["TABLE"])
bucket = boto3.resource("s3").Bucket(os.environ["BUCKET"])
functions = boto3.client("lambda")


def handler(event, context):
    for record in event["Records"]:
        run(json.loads(record["body"])["id"])


def run(snippet):
    code = bucket.Object(f"snippets/{snippet}").get()["Body"].read().decode()  # fails if there is none
    response = functions.invoke(FunctionName=os.environ["SANDBOX"], Payload=json.dumps({"code": code}))
    found = json.load(response["Payload"])
    failed = "FunctionError" in response
    table.update_item(
        Key={"id": snippet},
        UpdateExpression="SET #state = :state, #output = :output",
        ExpressionAttributeNames={"#state": "state", "#output": "output"},
        ExpressionAttributeValues={
            ":state": "failed" if failed else "done",
            ":output": found["errorMessage"] if failed else found,
        },
    )
