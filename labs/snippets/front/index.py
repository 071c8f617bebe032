"""The API: takes a snippet, tells of one, asks for a run."""

import json
import os
import uuid

import boto3

table = boto3.resource("dynamodb").Table(os.environ["TABLE"])
bucket = boto3.resource("s3").Bucket(os.environ["BUCKET"])
sqs = boto3.client("sqs")


def handler(event, context):
    snippet, verb = (event["pathParameters"] or {}).get("id"), event["httpMethod"]
    if snippet is None:
        return add(json.loads(event["body"]))
    if verb == "POST":
        return run(snippet)
    item = table.get_item(Key={"id": snippet}).get("Item")
    return answer(200, item) if item else answer(404, {"message": f"no snippet {snippet}"})


def add(given):
    """Keep the code in the bucket, and what is known of it in the table."""
    snippet = uuid.uuid4().hex[:8]
    bucket.put_object(Key=f"snippets/{snippet}", Body=given["code"].encode())
    item = {"id": snippet, "title": given["title"], "state": "new"}
    table.put_item(Item=item)
    return answer(201, item)


def run(snippet):
    """Ask for a run: whoever asks does not wait for it."""
    sqs.send_message(QueueUrl=os.environ["RUNS"], MessageBody=json.dumps({"id": snippet}))
    return answer(202, {"id": snippet})


def answer(status, body):
    return {
        "statusCode": status,
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps(body),
    }
