# Passes its event on to the function that SECOND_FUNCTION names, and answers with what came back.
import json
import os

import boto3

client = boto3.client("lambda")


def handler(event, context):
    response = client.invoke(
        FunctionName=os.environ["SECOND_FUNCTION"],
        InvocationType=event.get("invocationType", "RequestResponse"),
        Payload=json.dumps(event),
    )
    payload = response["Payload"].read()
    return {
        "status": response["StatusCode"],
        "functionError": response.get("FunctionError"),
        "answer": json.loads(payload) if payload else None,
    }
