"""``make creations``: what each lab creates and uses that costs money on AWS, from the engine's own record of it.

Each lab runs with its solutions on an engine of its own, whose log names every request that it answers, those of
functions and of `!aws` included; what stacks made is in their events. What ran, and for how long, is in the REPORT
lines of the log groups that are there at the end. The figures go to `helpers/cost/creations.json`, which is shown
before a lab runs on AWS, with a digest of the lab's code: a test says which labs have changed since.
``LABS=labs/01_….ipynb`` runs some.
"""

import json
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "labs"))

import boto3
import notebooks

from helpers.backend import credentials, pages
from helpers.cost.creations import FILE, KINDS, PARTS, digest
from helpers.jupyter import working_copies

ACCOUNT = "100000000000"
REQUEST = re.compile(r"localstack\.request\.aws +: AWS ([\w-]+\.\w+) => 2\d\d")
# What stacks make; the rest is part of these.
TYPES = {
    "AWS::Lambda::Function": "functions",
    "AWS::Lambda::EventSourceMapping": "event source mappings",
    "AWS::Lambda::LayerVersion": "layer versions",
    "AWS::IAM::Role": "roles",
    "AWS::IAM::ManagedPolicy": "policies",
    "AWS::Logs::LogGroup": "log groups",
    "AWS::ApiGateway::RestApi": "REST APIs",
    "AWS::ApiGatewayV2::Api": "HTTP APIs",
    "AWS::SNS::Topic": "topics",
    "AWS::SQS::Queue": "queues",
    "AWS::S3::Bucket": "buckets",
    "AWS::DynamoDB::Table": "tables",
    "AWS::Events::Rule": "rules",
    "AWS::CloudWatch::Alarm": "alarms",
    "AWS::CloudWatch::Dashboard": "dashboards",
}
REPORTS = (
    re.compile(r"Billed Duration: (\d+) ms\s+Memory Size: (\d+) MB"),
    re.compile(r'"billedDurationMs": ?(\d+).*"memorySizeMB": ?(\d+)'),
)


def main(names: list[str]) -> int:
    """Run the labs named, or all, and store their figures. Returns 1 if one failed."""
    notebooks.SECONDS = 300  # for a cell: nothing is judged here, and the machine may be busy
    figures = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    for lab in map(Path, names) if names else notebooks.LABS:
        try:
            figures[lab.stem[:2]] = ran(lab)
        except Exception as error:
            print(f"{lab.stem}: not stored, because it failed.\n{error}", file=sys.stderr)
            return 1
        print(f"{lab.stem}: {figures[lab.stem[:2]]}", flush=True)
        FILE.write_text(json.dumps(dict(sorted(figures.items())), indent=2) + "\n", encoding="utf-8")
    return 0


def ran(lab: Path) -> dict:
    """Run a lab with its solutions on an engine of its own, and return its figures."""
    with tempfile.TemporaryDirectory(prefix="lambda-labs-") as home, notebooks.backend(Path(home)) as environ:
        environ = {**environ, "LAB_ACCOUNT": ACCOUNT}
        folder = Path(home) / "my"
        working_copies.bring(my=folder, home=Path(home))
        notebook = notebooks.solved(lab)
        with notebooks.kernel(notebook, folder / lab.name, environ) as client:
            notebooks.run(client, notebook.cells)
        invocations, gb_seconds, log_kb = logged(client_of("logs", Path(home), environ["LAB_PORT"]))
        created = made_by_stacks(client_of("cloudformation", Path(home), environ["LAB_PORT"]))
        answered = Counter(REQUEST.findall((Path(home) / "engine.log").read_text(encoding="utf-8")))
    if unknown := {request for request in answered if request not in KINDS and creates(request)}:
        raise ValueError(f"KINDS and PARTS in helpers/cost/creations.py lack {', '.join(sorted(unknown))}.")
    for request, kind in KINDS.items():
        created[kind] += answered[request]
    return {
        "creates": {kind: created[kind] for kind in KINDS.values() if created[kind]},
        "invocations": invocations,
        "gb_seconds": round(gb_seconds, 1),
        "log_kb": round(log_kb),
        "requests": sum(answered.values()),
        "code": code(lab),
    }


def made_by_stacks(cloudformation) -> Counter:
    """Count what stacks have made, deleted ones too, by kind."""
    made = Counter()
    for stack in pages.collect(cloudformation, "list_stacks", "StackSummaries"):
        events = pages.collect(cloudformation, "describe_stack_events", "StackEvents", StackName=stack["StackId"])
        made.update(TYPES.get(one["ResourceType"]) for one in events if one["ResourceStatus"] == "CREATE_COMPLETE")
    del made[None]
    return made


def client_of(service: str, home: Path, port: str):
    """A client of the engine in `home`."""
    return boto3.client(
        service,
        endpoint_url=f"http://127.0.0.1:{port}",
        region_name="us-east-1",
        aws_access_key_id=ACCOUNT,
        aws_secret_access_key=credentials.secret_access_key(credentials.read_secret(home), ACCOUNT),
    )


def creates(request: str) -> bool:
    """Tell whether a request seems to create a resource."""
    return ".Create" in request and request not in PARTS


def logged(logs) -> tuple[int, float, float]:
    """Return how often functions ran, the GB-seconds billed, and the kB logged."""
    ran, gb_seconds, size = 0, 0.0, 0
    for group in pages.collect(logs, "describe_log_groups", "logGroups"):
        for event in pages.collect(logs, "filter_log_events", "events", logGroupName=group["logGroupName"]):
            size += len(event["message"])
            for report in REPORTS:
                if found := report.search(event["message"]):
                    ran += 1
                    gb_seconds += int(found[1]) / 1000 * int(found[2]) / 1024
    return ran, gb_seconds, size / 1024


def code(lab: Path) -> str:
    """Return the digest of a lab's code cells and its solutions."""
    return digest([cell.source for cell in notebooks.code_cells(lab)] + list(notebooks.solutions(lab).values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
