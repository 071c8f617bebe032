"""For test_odd_machines: starts an engine with its home in `sys.argv[1]`, and has it call itself in every way.

Prints a JSON list of what arrived. Run on a machine that is odd in some way; a script, for a mount namespace is one
process's.
"""

import json
import sys
from pathlib import Path

import boto3
from kit import ROLE, TRUST, caller, eventually, secret, wait_until_active, zipped
from ports import free_port

from helpers.backend.engine import Engine

SOURCES = {
    "python3.13": {"index.py": "import shared_words\ndef handler(e, c): return shared_words.words"},
    "nodejs22.x": {"index.js": "exports.handler = async () => 'a word from node'"},
}
ANYBODY = {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sqs:SendMessage", "Resource": "*"}]}
TEMPLATE = {"Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "stacked"}}}}


def main(home: Path) -> list:
    engine = Engine(home=home, environ={})
    record = engine.up(free_port())
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": secret(record)}
    session = boto3.Session(**keys, region_name="us-east-1")
    try:
        return arrived(lambda service: session.client(service, endpoint_url=record.endpoint))
    finally:
        engine.down()


def arrived(client) -> list:
    lam, sqs, sns, iam, s3 = (client(service) for service in ("lambda", "sqs", "sns", "iam", "s3"))
    iam.create_role(RoleName="function", AssumeRolePolicyDocument=json.dumps(TRUST))
    iam.attach_role_policy(RoleName="function", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    words = {"ZipFile": zipped({"python/shared_words.py": "words = 'a word from a layer'"})}
    more = {"ZipFile": zipped({"python/more_words.py": ""})}
    layers = [
        lam.publish_layer_version(LayerName=name, Content=content)["LayerVersionArn"]
        for name, content in (("words", words), ("more", more))
    ]
    found = []
    for runtime, files in SOURCES.items():
        name = runtime[:6]
        lam.create_function(
            FunctionName=name,
            Runtime=runtime,
            Handler="index.handler",
            Role=ROLE,
            Code={"ZipFile": zipped(files)},
            Layers=layers if name == "python" else [],
        )
        wait_until_active(lam, name)
        found.append(caller(lam, name)().payload)

    queue = sqs.create_queue(QueueName="queue", Attributes={"Policy": json.dumps(ANYBODY)})["QueueUrl"]
    topic = sns.create_topic(Name="topic")["TopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint="arn:aws:sqs:us-east-1:000000000000:queue")
    sns.publish(TopicArn=topic, Message="by SNS to SQS")
    received = eventually(lambda: sqs.receive_message(QueueUrl=queue).get("Messages"))
    found.append(json.loads(received[0]["Body"])["Message"])

    sqs.create_queue(QueueName="source")
    lam.create_event_source_mapping(FunctionName="python", EventSourceArn="arn:aws:sqs:us-east-1:000000000000:source")
    url = sqs.get_queue_url(QueueName="source")["QueueUrl"]
    sqs.send_message(QueueUrl=url, MessageBody="to Lambda")
    counts = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    attributes = lambda: sqs.get_queue_attributes(QueueUrl=url, AttributeNames=counts)["Attributes"]  # noqa: E731
    found.append(bool(eventually(lambda: set(attributes().values()) == {"0"}, 20)))

    s3.create_bucket(Bucket="templates")
    s3.put_object(Bucket="templates", Key="template.json", Body=json.dumps(TEMPLATE))
    stacks = client("cloudformation")
    stacks.create_stack(StackName="stack", TemplateURL="https://templates.s3.amazonaws.com/template.json")
    stacks.get_waiter("stack_create_complete").wait(StackName="stack", WaiterConfig={"Delay": 1, "MaxAttempts": 30})
    found.append(sqs.get_queue_url(QueueName="stacked")["QueueUrl"].rpartition("/")[2])

    logs = client("logs")
    group = {"logGroupName": "/aws/lambda/python"}
    found.append(bool(eventually(lambda: logs.filter_log_events(**group, filterPattern="REPORT")["events"])))
    return found


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
