"""Reserved and provisioned concurrency, and environments that come and go."""

import threading
import time

import pytest
from botocore.exceptions import ClientError
from kit import eventually, status

pytestmark = pytest.mark.everywhere

INIT_TYPE = "import os\ndef handler(e, c): return os.environ['AWS_LAMBDA_INITIALIZATION_TYPE']"


def test_reserved_concurrency_throttles_what_is_over_it(function, client):
    call = function("import time\ndef handler(e, c): time.sleep(2)", Timeout=10)
    lam = client("lambda")
    lam.put_function_concurrency(FunctionName=call.name, ReservedConcurrentExecutions=1)
    thread = threading.Thread(target=call)
    thread.start()
    time.sleep(0.5)
    with pytest.raises(ClientError) as error:
        call()
    assert error.value.response["Error"]["Code"] == "TooManyRequestsException"
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 429
    assert error.value.response["Reason"] == "ReservedFunctionConcurrentInvocationLimitExceeded"
    thread.join()


def test_reserved_concurrency_of_zero_refuses_everything(function, client):
    call = function("def handler(e, c): pass")
    client("lambda").put_function_concurrency(FunctionName=call.name, ReservedConcurrentExecutions=0)
    with pytest.raises(ClientError, match="TooManyRequestsException"):
        call()


def test_provisioned_concurrency_is_initialized_before_the_first_invocation(function, client, engine):
    lam = client("lambda")
    call = function(INIT_TYPE)
    version = lam.publish_version(FunctionName=call.name)["Version"]
    lam.put_provisioned_concurrency_config(FunctionName=call.name, Qualifier=version, ProvisionedConcurrentExecutions=2)

    def ready():
        return lam.get_provisioned_concurrency_config(FunctionName=call.name, Qualifier=version)["Status"] == "READY"

    assert eventually(ready, 20)
    assert len([e for e in status(engine)["environments"] if e["function"] == call.name]) == 2
    result = call(Qualifier=version)
    assert result.payload == "provisioned-concurrency"
    assert call().payload == "on-demand"


def test_provisioned_concurrency_of_an_alias_is_changed_and_deleted_with_its_environments(function, client, engine):
    lam = client("lambda")
    call = function(INIT_TYPE)
    version = lam.publish_version(FunctionName=call.name)["Version"]
    lam.create_alias(FunctionName=call.name, Name="live", FunctionVersion=version)
    which = {"FunctionName": call.name, "Qualifier": "live"}

    def provision(count):
        lam.put_provisioned_concurrency_config(**which, ProvisionedConcurrentExecutions=count)

    def ready(count):
        found = lam.get_provisioned_concurrency_config(**which)
        numbers = found["AvailableProvisionedConcurrentExecutions"], found["AllocatedProvisionedConcurrentExecutions"]
        return found["Status"] == "READY" and numbers == (count, count)

    def environments():
        return len([e for e in status(engine)["environments"] if e["function"] == call.name])

    provision(1)
    assert eventually(lambda: ready(1), 20)
    provision(3)
    assert eventually(lambda: lam.get_provisioned_concurrency_config(**which)["Status"] == "READY", 20)
    assert ready(3) and environments() == 3
    assert call(Qualifier="live").payload == "provisioned-concurrency"

    lam.delete_provisioned_concurrency_config(**which)
    provision(2)  # at once: it must not be deleted with the one before
    assert eventually(lambda: ready(2), 20) and environments() == 2

    lam.delete_provisioned_concurrency_config(**which)
    assert eventually(lambda: environments() == 0, 20)
    with pytest.raises(ClientError, match="ProvisionedConcurrencyConfigNotFoundException"):
        lam.get_provisioned_concurrency_config(**which)
    assert call(Qualifier="live").payload == "on-demand"


def test_an_update_of_the_code_replaces_the_environment(function, client):
    from kit import wait_until_active, zipped

    lam = client("lambda")
    call = function("count = 0\ndef handler(e, c):\n    global count\n    count += 1\n    return count")
    assert [call().payload, call().payload] == [1, 2]
    lam.update_function_code(FunctionName=call.name, ZipFile=zipped({"index.py": "def handler(e, c): return 'new'"}))
    wait_until_active(lam, call.name)
    assert call().payload == "new"


def test_each_environment_has_a_log_stream_of_its_own(function, client):
    call = function("import time\ndef handler(e, c): time.sleep(0.5); return c.log_stream_name", Timeout=10)
    streams = []
    threads = [threading.Thread(target=lambda: streams.append(call().payload)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(streams)) == 3
    logs = client("logs")
    group = f"/aws/lambda/{call.name}"

    def written():
        try:
            return {s["logStreamName"] for s in logs.describe_log_streams(logGroupName=group)["logStreams"]} == set(
                streams
            )
        except logs.exceptions.ResourceNotFoundException:
            return False

    assert eventually(written)
