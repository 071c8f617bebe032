"""The command `aws` of the labs: AWS's own CLI, which reaches the backend with every service.

AWS CLI 1 follows AWS_ENDPOINT_URL, except for some services (SQS, RDS, EMR and Health among them), whose calls it sends
to AWS unless `--endpoint-url` is given (awscli 1.46, customizations/overridesslcommonname.py). So this gives it.
"""

import os
import sys


def main() -> int:
    """Run the CLI with the arguments of this process; return its exit code."""
    from awscli.clidriver import main

    if endpoint := os.environ.get("AWS_ENDPOINT_URL"):
        sys.argv[1:1] = ["--endpoint-url", endpoint]  # the last one counts: a learner's own is further on
    return main()
