"""The program that compiles a package, run as the engine runs it."""

import importlib.util
import marshal
import subprocess
import sys

from helpers.engine.execution.sandbox import compile as program


def run(folder) -> int:
    return subprocess.run([sys.executable, "-I", "-S", program.__file__, folder], timeout=60).returncode


def cached(path):
    return importlib.util.cache_from_source(str(path))


def test_it_compiles_every_source_below_a_folder_and_runs_none(tmp_path):
    (tmp_path / "inner").mkdir()
    for path in (first := tmp_path / "first.py", second := tmp_path / "inner" / "second.py"):
        path.write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    assert run(tmp_path) == 0
    assert all(importlib.util.spec_from_file_location("x", path).loader.get_code("x") for path in (first, second))
    assert sorted(path.name.partition(".")[0] for path in tmp_path.rglob("*.pyc")) == ["first", "second"]
    assert not (tmp_path / "ran").exists()


def test_a_source_that_cannot_be_compiled_does_not_keep_the_others_from_it(tmp_path):
    (tmp_path / "a_nul.py").write_bytes(b"\0")
    (tmp_path / "b_syntax.py").write_text("def")
    (tmp_path / "c_deep.py").write_text("-" * 200_000 + "1")
    (tmp_path / "d_encoding.py").write_bytes(b"# coding: unheard-of\n")
    (tmp_path / "e_good.py").write_text("x = 1")
    assert run(tmp_path) == 0
    assert [path.name.partition(".")[0] for path in tmp_path.rglob("*.pyc")] == ["e_good"]


def test_a_source_that_needs_more_memory_than_allowed_ends_the_attempt_and_nothing_else(tmp_path):
    """1.6 million statements take 3 GB; whether it ends by an error or a signal is Python's to choose."""
    (tmp_path / "huge.py").write_text("x = 1\n" * 1_600_000)
    run(tmp_path)
    assert not list(tmp_path.rglob("*.pyc"))


def test_bytecode_that_came_with_a_package_is_never_read(tmp_path):
    (source := tmp_path / "module.py").write_text("x = 1")
    (tmp_path / "__pycache__").mkdir()
    # Hash-based and unchecked: Python's own loader would take it as it is.
    foreign = importlib.util.MAGIC_NUMBER + b"\1" + bytes(11) + marshal.dumps(compile("", "", "exec"))
    with open(cached(source), "wb") as file:
        file.write(foreign)
    assert run(tmp_path) == 0
    with open(cached(source), "rb") as file:
        assert file.read() != foreign


def test_a_source_that_a_function_may_not_read_and_a_link_are_left_alone(tmp_path):
    """The bytecode would say what was in it: of a file that is the owner's alone, or of one outside the folder."""
    (folder := tmp_path / "package").mkdir()
    (folder / "private.py").write_text("x = 1")
    (folder / "private.py").chmod(0o600)
    (tmp_path / "outside.py").write_text("x = 1")
    (folder / "link.py").symlink_to(tmp_path / "outside.py")
    assert run(folder) == 0
    assert not list(tmp_path.rglob("*.pyc"))


def test_bytecode_is_not_written_through_a_packages_link(tmp_path):
    for name in ("package/inner/own.py", "package/own.py", "elsewhere/theirs"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    for folder in ("package", "package/inner"):
        (tmp_path / folder / "__pycache__").symlink_to(tmp_path / "elsewhere")
    assert run(tmp_path / "package") == 0
    assert [file.name for file in (tmp_path / "elsewhere").iterdir()] == ["theirs"]
