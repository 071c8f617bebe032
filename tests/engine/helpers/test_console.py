"""The console on a real backend: what its tabs do is what AWS's API then tells."""

import json
from types import SimpleNamespace

import pytest
from botocore.exceptions import ClientError
from kit import zipped

from helpers.widgets import Console


@pytest.fixture
def console(function, client):
    name = function(None, files={"index.py": "def handler(e, c): return 1 / e", "words.py": ""}).name
    return Console(SimpleNamespace(account="000000000000", client=client), name)


def test_what_it_deploys_runs(console, client):
    deployment = console.deploy({"index.py": "import words\ndef handler(e, c): return words.greeting",
                                 "words.py": "greeting = 'Bonjour'"})  # fmt: skip
    assert deployment.files == ("index.py", "words.py")
    assert console.run({}).payload == "Bonjour"
    found = client("lambda").get_function_configuration(FunctionName=console.function)
    assert (found["CodeSha256"], found["CodeSize"]) == (deployment.code_sha256, deployment.code_size)
    assert list(console.code().package.texts) == ["index.py", "words.py"]


def test_what_it_configures_holds(console, client):
    lam = client("lambda")
    version = lam.publish_version(FunctionName=console.function)["Version"]
    lam.create_alias(FunctionName=console.function, Name="live", FunctionVersion=version)
    layer = lam.publish_layer_version(LayerName="seen", Content={"ZipFile": zipped({"python/a.py": ""})})
    lam.update_function_configuration(FunctionName=console.function, Layers=[layer["LayerVersionArn"]])
    lam.get_waiter("function_updated_v2").wait(FunctionName=console.function, WaiterConfig={"Delay": 0.1})
    found = console.configure(memory=256, timeout=9, environment={"SAID": "it's"})
    assert (found.memory, found.timeout, found.environment) == (256, 9, {"SAID": "it's"})
    assert (found.aliases, found.layers) == ({"live": version}, (layer["LayerVersionArn"],))
    lam.delete_layer_version(LayerName="seen", VersionNumber=layer["Version"])


def test_what_aws_refuses_is_awss_error(console):
    with pytest.raises(ClientError, match="Member must have value less than or equal to 10240"):
        console.configure(memory=10_241)
    assert console.configuration().memory == 128


def test_it_counts_what_was_invoked(console, client):
    for event in (1, 2, 0):
        client("lambda").invoke(FunctionName=console.function, Payload=json.dumps(event))
    found = console.monitor(invocations=3, seconds=20)
    assert [found.total(metric) for metric in ("Invocations", "Errors", "Throttles")] == [3, 1, 0]
    assert 0 < found.durations[0] <= found.durations[1] <= found.durations[2]
