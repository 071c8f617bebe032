"""20,000 invocations over 40 functions with crashes, timeouts and kills mixed in; then look for what is left.

    .venv/bin/python tests/tools/soak.py [INVOCATIONS]

Prints what the engine holds before and after: memory, descriptors, processes, mounts, folders.
Exits with 1 when something leaked. Not part of `make test`: it takes minutes.
"""

import json
import os
import random
import sys
import tempfile
import threading
import time
from pathlib import Path

import boto3
import psutil
from botocore.config import Config
from ports import free_port

sys.path.insert(0, str(Path(__file__).parents[1] / "engine"))
from kit import ROLE, TRUST, wait_until_active, zipped

from helpers.backend.credentials import read_secret, secret_access_key
from helpers.backend.engine import Engine
from helpers.backend.health import lab_status

FUNCTIONS, CLIENTS, FAULTS = 40, 4, 0.01
SOURCE = {
    "python3.13": """
import os, time, subprocess
def handler(event, context):
    if event == "exit": os._exit(1)
    if event == "kill": os.kill(os.getpid(), 9)
    if event == "sleep": time.sleep(60)
    if event == "eat": data = bytearray(500_000_000)
    if event == "leave": subprocess.Popen(["sleep", "60"])
    return event
""",
    "nodejs22.x": """
exports.handler = async (event) => {
  if (event === 'exit' || event === 'kill') process.exit(1);
  if (event === 'sleep') await new Promise((done) => setTimeout(done, 60000));
  if (event === 'leave') require('child_process').spawn('sleep', ['60']).unref();
  return event;
};
""",
}
WAYS = ("exit", "kill", "sleep", "eat", "leave")
MB = 1e6


def snapshot(engine: psutil.Process, home: Path) -> dict[str, int]:
    """What is held right now, environments aside (there are none when it is taken)."""
    family = [engine, *engine.children(recursive=True)]
    status = lab_status(Engine(home=home).running().endpoint, read_secret(home))
    return {
        "memory of the engine (MB)": round(status["memory"] / MB),
        "processes": len(family),
        "descriptors": sum(process.num_fds() for process in family),
        "threads": engine.num_threads(),
        "mounts": sum(str(home) in line for line in Path("/proc/self/mounts").read_text().splitlines()),
        "mount namespaces": len({_mount_namespace(process) for process in family} - {""}),
        "folders in tmp": sum(1 for _ in (home / "tmp").rglob("code")),
        "environments": len(status["environments"]),
    }


def _mount_namespace(process: psutil.Process) -> str:
    try:
        return os.readlink(f"/proc/{process.pid}/ns/mnt")
    except OSError:  # it ended while we were looking
        return ""


def main() -> int:
    """Run it; 1 when something leaked."""
    invocations = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        embedded = Engine(home=home, environ={"PATH": os.environ["PATH"], "LAB_CPU": "full"})
        record = embedded.up(free_port())
        try:
            return soak(record, home, invocations)
        finally:
            embedded.down()


def soak(record, home: Path, invocations: int) -> int:
    """Deploy, warm up, look, invoke, delete, look again."""
    options = {
        "endpoint_url": record.endpoint,
        "region_name": "us-east-1",
        "aws_access_key_id": "test",
        "aws_secret_access_key": secret_access_key(read_secret(home), "test"),
        "config": Config(retries={"max_attempts": 0}, read_timeout=60),
    }
    boto3.client("iam", **options).create_role(RoleName="function", AssumeRolePolicyDocument=json.dumps(TRUST))
    lam, logs = boto3.client("lambda", **options), boto3.client("logs", **options)
    engine = psutil.Process(record.pid)

    def deploy():
        for number in range(FUNCTIONS):
            runtime = list(SOURCE)[number % 2]
            name = {"python3.13": "index.py", "nodejs22.x": "index.js"}[runtime]
            lam.create_function(
                FunctionName=f"soak-{number}",
                Runtime=runtime,
                Handler="index.handler",
                Role=ROLE,
                Timeout=1,
                Code={"ZipFile": zipped({name: SOURCE[runtime]})},
            )
        for number in range(FUNCTIONS):
            wait_until_active(lam, f"soak-{number}")

    def clean():
        for number in range(FUNCTIONS):
            lam.delete_function(FunctionName=f"soak-{number}")
        for _ in range(100):  # environments are ended in the background
            time.sleep(0.2)
            if not snapshot(engine, home)["environments"]:
                break
        for group in logs.describe_log_groups()["logGroups"]:
            logs.delete_log_group(logGroupName=group["logGroupName"])
        time.sleep(5)  # the engine gives memory back when it has nothing to do

    def run(count, seed):
        chance, client = random.Random(seed), boto3.client("lambda", **options)
        for _ in range(count):
            event = chance.choice(WAYS) if chance.random() < FAULTS else "ok"
            answer = client.invoke(FunctionName=f"soak-{chance.randrange(FUNCTIONS)}", Payload=json.dumps(event))
            answer["Payload"].read()

    def together(count):
        threads = [threading.Thread(target=run, args=(count // CLIENTS, seed)) for seed in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    deploy()
    together(min(2000, invocations))  # imports, caches, connection pools: not leaks, but not there at first
    clean()
    before = snapshot(engine, home)
    began = time.monotonic()
    deploy()
    together(invocations)
    took = time.monotonic() - began
    clean()
    after = snapshot(engine, home)
    print(f"{invocations} invocations of {FUNCTIONS} functions in {took:.0f} s, one in {1 / FAULTS:.0f} a fault")
    leaked = False
    for what, value in after.items():
        allowed = 20 if "MB" in what else 4 if what in ("threads", "descriptors") else 0
        verdict = "ok" if value - before[what] <= allowed else "LEAKED"
        leaked |= verdict != "ok"
        print(f"{what:28} {before[what]:7} -> {value:7}  {verdict}")
    return int(leaked)


if __name__ == "__main__":
    sys.exit(main())
