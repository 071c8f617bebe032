"""Durable functions for tests: one function that does what its event says, and what is told of its executions."""

import json
import uuid
from urllib.request import Request, urlopen

from event_source_kit import Mappings
from kit import eventually, owner, wait_until_active, zipped

ACTIONS = ("lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState", "lambda:InvokeFunction", "logs:*")
SOURCE = """
from aws_durable_execution_sdk_python import durable_execution
from aws_durable_execution_sdk_python.config import CallbackConfig, Duration, StepConfig
from aws_durable_execution_sdk_python.retries import RetryStrategyConfig, create_retry_strategy

def said(text):
    print("RAN", text)
    return text

def steps_and_a_wait(event, context):
    mark = event.get("mark")
    first = context.step(lambda _: said(f"{mark} first"), name="first")
    context.wait(Duration.from_minutes(5), name="pause")
    return [first, context.step(lambda _: said(f"{mark} second"), name="second")]

def callback(event, context):
    asked = context.create_callback(name="answer", config=CallbackConfig(
        timeout=Duration.from_minutes(14), heartbeat_timeout=Duration.from_minutes(5)))
    return {"answer": asked.result()}

def retried(event, context):
    def work(step):
        said(f"attempt {step.attempt}")
        if step.attempt < 3:
            raise ValueError("not yet")
        return "done"
    again = create_retry_strategy(RetryStrategyConfig(max_attempts=3, initial_delay=Duration.from_minutes(1)))
    return context.step(work, name="work", config=StepConfig(retry_strategy=again))

def fails(event, context):
    raise KeyError("no such order")

def calls(event, context):
    return context.invoke(event["target"], {"do": "adds", "number": 1}, name="call")

def adds(event, context):
    return context.step(lambda _: event["number"] + 1, name="add")

@durable_execution
def handler(event, context):
    return globals()[event.get("do", "steps_and_a_wait")](event, context)
"""


class Durables:
    """Makes durable functions, in one account; deleted in the end."""

    def __init__(self, engine, client):
        self.engine, self.client, self.mappings, self.made = engine, client, Mappings(client), []
        self.role = self.mappings.make_role(*ACTIONS)

    def make(self, role=None, source=SOURCE, **configuration):
        self.made.append(Durable(self.engine, self.client, role or self.role, source, **configuration))
        return self.made[-1]

    def clean_up(self):
        for one in self.made:
            one.lam.delete_function(FunctionName=one.name)
        self.mappings.undo.close()


class Durable:
    """A durable function with a version and an alias "live", and a way to start it."""

    def __init__(self, engine, client, role, source=SOURCE, **configuration):
        self.engine, self.lam, self.logs, self.role = engine, client("lambda"), client("logs"), role
        self.name = f"durable-{uuid.uuid4().hex[:8]}"
        config = {"ExecutionTimeout": 900, "RetentionPeriodInDays": 2} | configuration
        self.made = self.lam.create_function(
            FunctionName=self.name,
            Runtime="python3.13",
            Handler="index.handler",
            Role=role,
            Code={"ZipFile": zipped({"index.py": source})},
            Timeout=30,
            DurableConfig=config,
        )
        wait_until_active(self.lam, self.name)
        self.lam.publish_version(FunctionName=self.name)
        self.lam.create_alias(FunctionName=self.name, Name="live", FunctionVersion="1")

    def invoke(self, qualifier="1", name=None, **event):
        named = {"DurableExecutionName": name} if name else {}
        return self.lam.invoke(FunctionName=self.name, Qualifier=qualifier, Payload=json.dumps(event), **named)

    def start(self, name=None, **event):
        """Start an execution; its ARN."""
        named = {"DurableExecutionName": name} if name else {}
        arn = f"{self.name}:1"
        asked = {"FunctionName": arn, "InvocationType": "Event", "Payload": json.dumps(event), **named}
        return self.lam.invoke(**asked)["DurableExecutionArn"]

    def get(self, arn):
        return self.lam.get_durable_execution(DurableExecutionArn=arn)

    def events(self, arn, kind=""):
        """The events of an execution whose type begins so."""
        events = self.lam.get_durable_execution_history(DurableExecutionArn=arn)["Events"]
        return [event for event in events if event["EventType"].startswith(kind)]

    def waits(self, arn, kind="WaitStarted", times=1):
        """The events of a kind, once there are so many and no invocation runs."""
        assert eventually(lambda: len(self.events(arn, kind)) >= times, 20), self.events(arn)
        assert eventually(lambda: self.events(arn, "InvocationCompleted"), 20)
        return self.events(arn, kind)

    def ended(self, arn, status="SUCCEEDED"):
        """An execution that has ended so."""
        assert eventually(lambda: self.get(arn)["Status"] != "RUNNING", 20), self.events(arn)
        said = self.get(arn)
        assert said["Status"] == status, said
        return said

    def skip(self, seconds, **place):
        """Put the clock forward; the answer's status and what it says."""
        path = "/_lab/durable/skip"
        asked = {"account": "000000000000", "region": "us-east-1", "seconds": seconds} | place
        headers = {"Authorization": owner(self.engine, path, "POST"), "Content-Type": "application/json"}
        with urlopen(Request(self.engine.endpoint + path, json.dumps(asked).encode(), headers)) as answer:
            return json.load(answer)

    def ran(self, mark):
        """Which steps of an execution with this mark ran, once the last of them is in the log."""

        def steps():
            try:
                pattern = f'"RAN {mark}"'
                found = self.logs.filter_log_events(logGroupName=f"/aws/lambda/{self.name}", filterPattern=pattern)
            except self.logs.exceptions.ResourceNotFoundException:
                return []
            return [event["message"].split()[-1] for event in found["events"]]

        assert eventually(lambda: "second" in steps())
        return steps()
