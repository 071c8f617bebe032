"""LocalStack's own tests of the services that labs use, as they were recorded on AWS, run against the engine.

Not part of `make test`: the tests are LocalStack's, and no line of them is in this repository. Whoever wants the
comparison fetches LocalStack's sources at the tag of the release that the engine runs, in a folder outside:

    git clone --depth 1 --branch v4.9.2 <LocalStack's repository> /tmp/localstack
    make recorded CHECKOUT=/tmp/localstack                   # or some: TESTS="events sns -k dead_letter"
    make recorded CHECKOUT=/tmp/localstack TESTS="-n 3"     # three at a time, each in an account of its own

A test sends requests and compares what comes back with the answers that AWS gave to the same requests (its
`.snapshot.json`). Only tests that AWS has passed (the mark `aws_validated`) are run.

- `__main__` makes an environment of its own in `.lab/recorded` (`requirements.in`), copies the tests there, starts an
  engine (LAB_AUTH=off, since the tests sign with the secret `test`; IAM is enforced), runs pytest, compares.
- `plugin` is loaded by that pytest: it skips what does not apply, and writes a line for each test.
- `known.toml` says what does not apply and why, and names each known failure with its reason. `known` reads it.

A run ends with 0 only if every failure is a known one and no known one passes. What fails is run a second time, alone,
before it counts. Everything is in `.lab/recorded`: `result.txt`, `result.json`, `pytest.log`, `home/engine.log`.
"""
