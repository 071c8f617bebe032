"""Packages and places: what of a package a function finds where, and the programs that AWS has there.

Sources: LocalStack's snapshots, recorded on AWS (`test_introspection_invoke`, `test_runtime_introspection_x86`,
`test_runtime_ulimits`, `test_lambda_runtime_wrapper_not_found`; release 4.9.2), and the pages of AWS's Developer Guide
that rows name (read 2026-11).
"""

import shutil
import stat
import subprocess

import pytest
from kit import status, zipped

LINK = stat.S_IFLNK | 0o777
SEE = "import os\ndef handler(event, context): return eval(event)"
WRAPPER = '#!/bin/sh\nexport FROM_WRAPPER="$0"\nexec "$@"\n'
# A custom runtime as beginners write it, for the bash that `/bin/sh` is on Amazon Linux.
BOOTSTRAP = """#!/bin/sh
set -euo pipefail
source ./"$(echo "$_HANDLER" | cut -d. -f1).sh"
while true; do
  HEADERS="$(mktemp)"
  EVENT=$(curl -sS -LD "$HEADERS" "http://${AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation/next")
  ID=$(grep -Fi Lambda-Runtime-Aws-Request-Id "$HEADERS" | tr -d '[:space:]' | cut -d: -f2)
  curl -sS "http://${AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation/$ID/response" -d "$(handler "$EVENT")"
done
"""


def namespaces(engine) -> bool:
    return status(engine)["features"]["isolation"] == "namespaces"


@pytest.fixture
def layer(client):
    """`layer(files)`: its ARN."""
    lam, made = client("lambda"), []

    def publish(files):
        made.append(lam.publish_layer_version(LayerName=f"places-{len(made)}", Content={"ZipFile": zipped(files)}))
        return made[-1]["LayerVersionArn"]

    yield publish
    for one in made:
        name = one["LayerArn"].rpartition(":")[2]
        lam.delete_layer_version(LayerName=name, VersionNumber=one["Version"])


def test_symbolic_links_in_packages_and_layers_are_kept(function, layer, engine):
    """aws/aws-sam-cli#878; the second layer is laid over the first."""
    arns = [layer({"data/v1.txt": "one", "now": ("data/v1.txt", LINK)}), layer({"x": "y", "later": ("now", LINK)})]
    files = {"index.py": SEE, "v2.txt": "two", "current.txt": ("v2.txt", LINK), "sub/up.txt": ("../v2.txt", LINK)}
    call = function("", files=files, Layers=arns)
    root = "os.environ['LAMBDA_TASK_ROOT'] + "
    assert call(f"[os.readlink({root}'/current.txt'), open({root}'/sub/up.txt').read()]").payload == ["v2.txt", "two"]
    opt = "os.environ.get('LAB_OPT', '/opt') + "
    assert call(f"[os.readlink({opt}'/later'), open({opt}'/later').read()]").payload == ["now", "one"]


@pytest.mark.parametrize("size", [1, 5000], ids=["small", "large enough to be compiled ahead"])
def test_a_file_that_only_its_owner_may_read_is_refused(function, size):
    """ "Troubleshoot deployment issues in Lambda": a function is not the owner of its files."""
    answer = function("", files={"index.py": (SEE + "\n" + "#" * size, 0o600)})("1")
    assert answer.error == "Unhandled" and answer.error_type == "PermissionError"
    assert answer.payload["errorMessage"].startswith("[Errno 13] Permission denied: '")
    assert answer.payload["errorMessage"].endswith("/index.py'")


def test_a_bootstrap_that_nobody_else_may_execute_is_refused(function):
    answer = function("", "provided.al2023", files={"bootstrap": (BOOTSTRAP, 0o744)})()
    assert answer.error_type == "Runtime.InvalidEntrypoint" and "permission denied" in answer.payload["errorMessage"]


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash on this machine")
def test_a_bootstrap_for_sh_is_run_by_bash(function):
    says = """handler() { echo "\\"${BASH_VERSION:+bash}$(echo "$1" | tr -d '"')\\""; }"""
    files = {"bootstrap": BOOTSTRAP, "index.sh": says}
    assert function("", "provided.al2023", files=files)("!").payload == "bash!"


@pytest.fixture(scope="module")
def shared_library(tmp_path_factory):
    compiler = shutil.which("cc") or shutil.which("gcc")
    if not compiler:
        pytest.skip("no C compiler")
    folder = tmp_path_factory.mktemp("library")
    (folder / "forty.c").write_text("int forty(void) { return 40; }")
    subprocess.run([compiler, "-shared", "-fPIC", "-o", folder / "lib.so", folder / "forty.c"], check=True)
    return (folder / "lib.so").read_bytes()


@pytest.mark.parametrize("place", ["lib/libforty.so", "libforty.so", "of a layer"])
def test_a_shared_library_is_found_in_the_package_and_in_lib(function, layer, shared_library, place):
    """ "Packaging layer content"."""
    source = "import ctypes\ndef handler(event, context): return ctypes.CDLL('libforty.so').forty()"
    if place == "of a layer":
        call = function(source, Layers=[layer({"lib/libforty.so": shared_library})])
    else:
        call = function("", files={"index.py": source, place: shared_library})
    assert call().payload == 40


@pytest.mark.parametrize(
    ("runtime", "source"),
    [
        ("python3.13", "import os\ndef handler(event, context): return os.environ['FROM_WRAPPER']"),
        ("nodejs22.x", "exports.handler = async () => process.env.FROM_WRAPPER"),
    ],
)
def test_a_wrapper_starts_the_runtime(function, layer, runtime, source):
    """ "Modifying the runtime environment": `AWS_LAMBDA_EXEC_WRAPPER`."""
    variables = {"AWS_LAMBDA_EXEC_WRAPPER": "/opt/wrapper"}
    call = function(source, runtime, Layers=[layer({"wrapper": WRAPPER})], Environment={"Variables": variables})
    assert call().payload.endswith("/wrapper")
    assert call().error is None


def test_a_wrapper_may_add_options_for_the_interpreter(function, layer):
    """The example of the same page: `-X importtime`, before the last of the arguments."""
    text = '#!/bin/bash\nargs=("$@")\nexec "${args[@]:0:$#-1}" -X mine "${args[@]: -1}"\n'
    source = "import sys\ndef handler(event, context): return list(sys._xoptions)"
    variables = {"AWS_LAMBDA_EXEC_WRAPPER": "/opt/wrapper"}
    call = function(source, Layers=[layer({"wrapper": text})], Environment={"Variables": variables})
    assert call().payload == ["mine"]


@pytest.mark.parametrize(
    ("mode", "says", "code"), [(None, "does not exist", 127), (0o644, "is not an executable", 126)]
)
def test_a_wrapper_that_cannot_be_run_ends_the_runtime(function, mode, says, code):
    files = {"index.py": SEE, **({"wrapper": (WRAPPER, mode)} if mode else {})}
    variables = {"AWS_LAMBDA_EXEC_WRAPPER": "/var/task/wrapper"}
    answer = function("", files=files, Environment={"Variables": variables})("1")
    assert answer.error_type == "Runtime.ExitError"
    assert answer.payload["errorMessage"].endswith(f"Error: Runtime exited with error: exit status {code}")
    assert f"/wrapper: {says}" in answer.log


def test_a_custom_runtime_has_no_wrapper(function):
    files = {"bootstrap": BOOTSTRAP.replace("set -euo", "set -eo"), "index.sh": 'handler() { echo "\\"ran\\""; }'}
    variables = {"AWS_LAMBDA_EXEC_WRAPPER": "/var/task/none"}
    assert function("", "provided.al2023", files=files, Environment={"Variables": variables})().payload == "ran"


def test_variables_are_awss_and_those_that_a_function_sets_come_first(function, engine):
    if not namespaces(engine):
        pytest.skip("without namespaces the folders have other names")
    seen = function(SEE)("dict(os.environ)").payload
    libraries = "/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib"
    expected = {
        "AWS_EXECUTION_ENV": "AWS_Lambda_python3.13",
        "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
        "AWS_XRAY_CONTEXT_MISSING": "LOG_ERROR",
        "LAMBDA_RUNTIME_DIR": "/var/runtime",
        "LAMBDA_TASK_ROOT": "/var/task",
        "LANG": "en_US.UTF-8",
        "LD_LIBRARY_PATH": "/var/lang/lib:" + libraries,
        "PATH": "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin",
        "PWD": "/var/task",
        "PYTHONPATH": "/var/runtime",
        "SHLVL": "0",
        "TZ": ":UTC",
        "_HANDLER": "index.handler",
    }
    assert {name: seen.get(name) for name in expected} == expected
    own = {"TZ": "Europe/Berlin", "LANG": "C", "PATH": "/opt/bin:/usr/bin", "AWS_XRAY_CONTEXT_MISSING": "IGNORE_ERROR"}
    seen = function(SEE, Environment={"Variables": own})("dict(os.environ)").payload
    assert {name: seen.get(name) for name in own} == own


def test_places_and_limits_are_awss(function, engine):
    """Not AWS's: owners of /var/task (998 there), 742 processes, core dumps, and `/proc/1/environ`, which is hidden."""
    if not namespaces(engine):
        pytest.skip("without namespaces these are the machine's own")
    call = function("import os, resource, stat\ndef handler(event, context): return eval(event)")
    modes = "[stat.filemode(os.stat(p).st_mode) for p in ('/var/task', '/opt', '/tmp', '/lambda-entrypoint.sh')]"
    assert call(modes).payload == ["drwxr-xr-x", "drwxr-xr-x", "drwx------", "-rwxr-xr-x"]
    assert call("os.stat('/tmp').st_uid == os.getuid()").payload is True
    limits = "[resource.getrlimit(getattr(resource, 'RLIMIT_' + n)) for n in ('NOFILE', 'MEMLOCK', 'STACK')]"
    assert call(limits).payload[:2] == [[1024, 1024], [65536, 65536]] and call(limits).payload[2][0] == 8 * 1024 * 1024
    assert call("open('/proc/1/environ').read()").error_type == "PermissionError"
