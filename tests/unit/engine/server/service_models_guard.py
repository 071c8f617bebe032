"""Run in the engine's environment, for test_service_models: compare what botocore reads with what it read before, and
with the newest description of Lambda, whose file it is given.

{"regions": [service and partition whose regions differ], "model": whether Lambda's differs in more than texts, …}
"""

import gzip
import json
import sys
from pathlib import Path

from botocore.loaders import JSONFileLoader, Loader
from botocore.model import ServiceModel
from botocore.session import Session

SERVICES = ("lambda", "iam", "s3", "sqs", "events", "logs", "cloudwatch", "stepfunctions", "sts", "dynamodb", "nobody")


def main() -> None:
    before = {(name, partition): Session().get_available_regions(name, partition) for name, partition in asked()}
    old = Loader().load_service_model("apigateway", "service-2")
    old_lambda = without_texts(Loader().load_service_model("lambda", "service-2"))
    from helpers.engine import patches

    for row in patches.server.ROWS:
        if row.target.startswith("botocore."):
            row.apply()
    after = {(name, partition): Session().get_available_regions(name, partition) for name, partition in asked()}
    new = Loader().load_service_model("apigateway", "service-2")
    new_lambda = without_texts(Loader().load_service_model("lambda", "service-2"))
    newest_lambda = without_texts(json.loads(gzip.decompress(Path(sys.argv[1]).read_bytes())))
    one, two = (Loader().load_data("endpoints") for _ in range(2))
    found = {
        "regions": [each for each in before if before[each] != after[each]],
        "models": without_texts(old) == without_texts(new),
        "size": len(json.dumps(new)) / len(json.dumps(old)),
        "operations": [len(ServiceModel(each).operation_names) for each in (old, new)],
        "endpoints": one is two,
        "lambda": [old_lambda, new_lambda, newest_lambda],
        "missing": JSONFileLoader().load_file("/nonexistent"),
    }
    json.dump(found, sys.stdout)


def asked():
    return [(name, partition) for name in SERVICES for partition in ("aws", "aws-cn", "aws-us-gov", "aws-of-nobody")]


def without_texts(value):
    if isinstance(value, dict):
        return {k: without_texts(v) for k, v in value.items() if k != "documentation" or not isinstance(v, str)}
    return [without_texts(each) for each in value] if isinstance(value, list) else value


if __name__ == "__main__":
    main()
