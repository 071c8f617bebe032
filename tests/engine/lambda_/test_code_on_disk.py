"""A function's package on the engine's disk: unpacked whole or not at all, compiled where it can hurt nobody."""

import io
import sys
import zipfile
from pathlib import Path

import pytest
from kit import ROLE, peak_bytes, wait_until_active, zipped

pytestmark = pytest.mark.everywhere

OK = "def handler(event, context): return 'ok'\n"
MB = 1024 * 1024


def damaged() -> bytes:
    """A zip file with a good list of contents and a member that is not what the list says."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo("index.py"), OK)
        archive.writestr("data.txt", "as it was")
    return buffer.getvalue().replace(b"as it was", b"not as it", 1)


def on_disk(engine, pattern: str) -> list[Path]:
    return sorted((Path(engine.log).parent / "tmp").rglob(pattern))


@pytest.mark.skipif(sys.platform != "linux", reason="reads the peak of a process's memory from /proc: Linux")
def test_source_that_takes_gigabytes_to_compile_costs_the_engine_nothing(function, engine):
    peak = peak_bytes(engine.pid)
    function("", files={"huge_source.py": "x = 1\n" * 400_000, "index.py": OK + "#" * 5000, "small_source.py": OK})
    assert peak_bytes(engine.pid) - peak < 150 * MB  # 2.4 MB of it took 1 GB within the engine
    assert on_disk(engine, "small_source.*.pyc") and not on_disk(engine, "huge_source.*.pyc")


def test_a_package_that_takes_a_cold_start_time_to_compile_is_compiled_when_it_is_deployed(function, engine):
    call = function("", files={"index.py": OK, "compiled_ahead.py": OK * 200, "broken_source.py": "def"})
    assert on_disk(engine, "compiled_ahead.*.pyc") and not on_disk(engine, "broken_source.*.pyc")
    assert call().payload == "ok"


def test_a_package_that_cannot_be_unpacked_leaves_nothing_and_can_be_replaced(function, client, engine):
    lam = client("lambda")
    call = function(OK)
    lam.delete_function(FunctionName=call.name)
    lam.create_function(
        FunctionName=call.name, Runtime="python3.13", Handler="index.handler", Role=ROLE, Code={"ZipFile": damaged()}
    )
    state = wait_until_active(lam, call.name)
    assert state["State"] == "Failed" and "Bad CRC-32 for file 'data.txt'" in state["StateReason"]
    assert not on_disk(engine, "*.building") and not on_disk(engine, f"{call.name}-*/*")
    lam.update_function_code(FunctionName=call.name, ZipFile=zipped({"index.py": OK}))
    assert wait_until_active(lam, call.name)["State"] == "Active"
    assert call().payload == "ok"


def test_what_an_unpacking_left_that_was_killed_is_swept_and_its_package_unpacked_anew(function, client, engine):
    """Takes a function's folder away and leaves a half-written one, as a killed engine would."""
    call = function(OK)
    (folder,) = on_disk(engine, f"{call.name}-*/code")
    folder.rename(folder.with_name("code.building"))
    (folder.with_name("code.building") / "half_a_file").write_text("of another pack")
    assert call().payload == "ok"
    assert folder.exists() and not on_disk(engine, "*.building") and not on_disk(engine, "half_a_file")


def test_layers_that_were_merged_halfway_are_merged_anew(function, client, engine):
    lam = client("lambda")
    contents = {
        name: {"ZipFile": zipped({f"python/{name}.py": "word = __name__"})} for name in ("one_layer", "two_layer")
    }
    arns = [lam.publish_layer_version(LayerName=n, Content=c)["LayerVersionArn"] for n, c in contents.items()]
    before = set(on_disk(engine, "opt/*"))
    source = "import one_layer, two_layer\ndef handler(e, c): return one_layer.word + two_layer.word"
    call = function(source, Layers=arns)
    (merged,) = set(on_disk(engine, "opt/*")) - before
    merged.rename(merged.with_name(f"{merged.name}.building"))
    (merged.with_name(f"{merged.name}.building") / "half_a_layer").write_text("of another time")
    assert call().payload == "one_layertwo_layer"
    assert merged.exists() and not on_disk(engine, "*.building") and not on_disk(engine, "half_a_layer")
