"""Run in a network namespace of its own, as `unshare --net python without_network.py FOLDER`: invoke a function."""

import fcntl
import json
import socket
import struct
import sys
from pathlib import Path

import boto3
from kit import ROLE, TRUST, secret, wait_until_active, zipped
from ports import free_port

from helpers.backend.engine import Engine

SIOCSIFFLAGS, IFF_UP_RUNNING = 0x8914, 0x41


def main() -> None:
    with socket.socket() as any_socket:  # a new namespace's loopback interface is down
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", IFF_UP_RUNNING))
    engine = Engine(home=Path(sys.argv[1]), environ={})
    options = {"region_name": "us-east-1", "aws_access_key_id": "test"}
    try:
        record = engine.up(free_port())
        options |= {"endpoint_url": record.endpoint, "aws_secret_access_key": secret(record)}
        boto3.client("iam", **options).create_role(RoleName="function", AssumeRolePolicyDocument=json.dumps(TRUST))
        lam = boto3.client("lambda", **options)
        code = zipped({"index.py": "def handler(e, c): return 'no network needed'"})
        lam.create_function(
            FunctionName="f", Runtime="python3.13", Handler="index.handler", Role=ROLE, Code={"ZipFile": code}
        )
        wait_until_active(lam, "f")
        print(lam.invoke(FunctionName="f")["Payload"].read().decode())
    finally:
        engine.down()


if __name__ == "__main__":
    main()
