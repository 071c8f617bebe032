"""Hundreds of requests at once, and services that list what they keep while it changes."""

import contextlib
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from kit import TRUST, wait_until_active, zipped

POLICY = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}
)


@contextlib.contextmanager
def meanwhile(*actions):
    """Each of `actions` again and again, with a number that grows, in a thread of its own; raises what they raise."""
    stop = threading.Event()

    def repeat(action):
        number = 0
        while not stop.is_set():
            action(number)
            number += 1

    with ThreadPoolExecutor(len(actions)) as threads:
        running = [threads.submit(repeat, action) for action in actions]
        try:
            yield
        finally:
            stop.set()
    for action in running:
        action.result()


def test_services_list_what_they_keep_while_it_changes(client):
    iam = client("iam")

    def change(number):
        arn = iam.create_policy(PolicyName=f"burst-{number}", PolicyDocument=POLICY)["Policy"]["Arn"]
        iam.create_role(RoleName=f"burst-{number}", AssumeRolePolicyDocument=json.dumps(TRUST))
        iam.attach_role_policy(RoleName=f"burst-{number}", PolicyArn=arn)
        iam.detach_role_policy(RoleName=f"burst-{number}", PolicyArn=arn)
        iam.delete_role(RoleName=f"burst-{number}")
        iam.delete_policy(PolicyArn=arn)

    with meanwhile(change):
        for _ in range(3):  # it goes through 1,300 policies: without copies nine of ten met a change
            assert iam.get_account_authorization_details()["RoleDetailList"]


@pytest.mark.slow
def test_five_hundred_invocations_at_once_while_everything_is_listed_and_changed(function, client, engine):
    lam, logs, iam, sqs = (client(service) for service in ("lambda", "logs", "iam", "sqs"))
    calls = [function("import time\ndef handler(e, c): time.sleep(1); return e", Timeout=60) for _ in range(4)]
    role = lam.get_function_configuration(FunctionName=calls[0].name)["Role"]

    def lists(number):
        logs.describe_log_groups()
        lam.list_functions()
        lam.get_account_settings()
        lam.list_event_source_mappings()
        iam.list_roles()
        client("cloudwatch").list_metrics()
        sqs.list_queues()

    def functions(number):
        name = f"burst-{number}"
        lam.create_function(
            FunctionName=name,
            Runtime="python3.13",
            Handler="index.handler",
            Role=role,
            Code={"ZipFile": zipped({"index.py": "def handler(e, c): return e"})},
        )
        wait_until_active(lam, name)
        lam.update_function_configuration(FunctionName=name, Timeout=9)
        wait_until_active(lam, name)
        lam.delete_function(FunctionName=name)

    def queues(number):
        sqs.delete_queue(QueueUrl=sqs.create_queue(QueueName=f"burst-{number}")["QueueUrl"])

    def invoke(number):
        if number % 2:
            return calls[number % 4](number).payload == number
        return (
            lam.invoke(FunctionName=calls[number % 4].name, InvocationType="Event", Payload=b"1")["StatusCode"] == 202
        )

    log = Path(engine.log)
    begin = log.stat().st_size
    with meanwhile(lists, functions, queues), ThreadPoolExecutor(500) as threads:
        assert all(threads.map(invoke, range(500)))
    with log.open("rb") as file:
        file.seek(begin)
        assert b"changed size during iteration" not in file.read()
