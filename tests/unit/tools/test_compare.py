"""Recordings of AWS beside ours."""

import json
from pathlib import Path

import pytest
from compare import __main__ as compare
from compare import calls
from compare.members import differences

pytestmark = pytest.mark.once

EXAMPLE = Path(calls.__file__).parent / "recordings" / "example-from-documentation.jsonl"


@pytest.mark.parametrize(
    ("theirs", "ours", "lines"),
    [
        ({"State": "Active"}, {"State": "Active"}, []),
        ({"State": "Active"}, {"State": "Pending"}, ["State: 'Active', here 'Pending'"]),
        ({"State": "Active"}, {}, ["State: missing here"]),
        ({}, {"State": "Active"}, ["State: only here"]),
        ({"A": {"B": [{"C": 1}]}}, {"A": {"B": [{"C": 2}]}}, ["A.B[].C: 1, here 2"]),
        ({"A": [1]}, {"A": []}, ["A: 1 items, here 0"]),
        ({"Port": "80"}, {"Port": 80}, ["Port: a text, here a number"]),
        ({"A": {}}, {"A": "x"}, ["A: a structure, here a text"]),
        ({"MemorySize": 128}, {"MemorySize": 256}, ["MemorySize: 128, here 256"]),
        # by nature
        ({"RevisionId": "<0123abcd>"}, {"RevisionId": "<89abcdef>"}, []),
        ({"Name": "<0123abcd>"}, {"Name": "HelloWorld"}, []),
        ({"Arn": "arn:aws:sqs:eu-central-1:<0123abcd>:q"}, {"Arn": "arn:aws:sqs:us-east-1:<89abcdef>:q"}, []),
        ({"Arn": "arn:aws:sqs:eu-central-1:<0123abcd>:q"}, {"Arn": "arn:aws:sqs:us-east-1:<89abcdef>:r"}, ["Arn: "]),
        ({"Arn": "arn:aws:iam::<0123abcd>:role/<4567abcd>"}, {"Arn": "arn:aws:iam::<89abcdef>:role/function"}, []),
        ({"LastModified": "<time>"}, {"LastModified": "<time>"}, []),
        ({"CodeSize": 304}, {"CodeSize": 184}, []),
        ({"LogResult": "Duration: 20.09 ms"}, {"LogResult": "Duration: <0123abcd> ms"}, []),
        ({"LogResult": "Duration: 7.<0123abcd> ms\t"}, {"LogResult": "Duration: 30.<89abcdef> ms\t"}, []),
        ({"LogResult": "Duration: 20.09 ms"}, {"LogResult": "duration: 20.09 ms"}, ["LogResult: "]),
    ],
)
def test_members_that_differ_other_than_by_nature_are_told(theirs, ours, lines):
    found = list(differences(theirs, ours))
    assert len(found) == len(lines)
    assert all(line.startswith(start) for line, start in zip(found, lines, strict=True))


def record(folder, name, *said):
    lines = [
        {"service": "lambda", "operation": operation, "status": status, "request": {}, "response": response}
        for operation, status, response in said
    ]
    (folder / name).write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return str(folder / name)


MADE = ("CreateFunction", 201, {"State": "Pending"})
READY = ("GetFunction", 200, {"State": "Active"})
WAITS = ("GetFunction", 200, {"State": "Pending"})


@pytest.mark.parametrize(
    ("theirs", "ours", "lines"),
    [
        ([MADE, WAITS, WAITS, READY], [MADE, READY], []),
        ([MADE, WAITS], [MADE, READY], ["lambda.GetFunction: State: 'Pending', here 'Active'"]),
        ([MADE, READY], [READY], ["lambda.CreateFunction: only in the recording"]),
        ([READY], [MADE, MADE, READY], ["lambda.CreateFunction: only here (2 times)"]),
        ([("Invoke", 200, {})], [("Invoke", 404, {})], ["lambda.Invoke: status 200, here 404"]),
    ],
)
def test_calls_are_put_beside_each_other_and_counted(tmp_path, capsys, theirs, ours, lines):
    code = compare.main([record(tmp_path, "theirs", *theirs), "--with", record(tmp_path, "ours", *ours)])
    *found, last = capsys.readouterr().out.splitlines()
    assert (code, found) == (int(bool(lines)), lines)
    assert last.endswith(f"{len(lines)} differences.")


@pytest.mark.parametrize("line", ["{", "[]", '{"service": "lambda"}', '{"operation": 1, "response": {}}'])
def test_a_file_that_is_no_recording_is_a_sentence(tmp_path, capsys, line):
    (tmp_path / "x.jsonl").write_text(line)
    assert compare.main([str(tmp_path / "x.jsonl"), "--with", str(EXAMPLE)]) == 2
    assert capsys.readouterr().err.startswith("x.jsonl, line 1: this is no line of a recording")


@pytest.mark.parametrize(
    ("response", "without"),
    [
        ({"Tags": {"lambda-lab": "01"}, "State": ""}, {"State": ""}),
        ({"Tags": {"lambda-lab": "01", "mine": "1"}}, {"Tags": {"mine": "1"}}),
        ({"Role": {"Tags": [{"Key": "lambda-lab", "Value": "01"}], "A": []}}, {"Role": {"A": []}}),
    ],
)
def test_the_labs_own_tag_is_no_difference(response, without):
    assert calls.without_tag(response) == without


def test_a_call_that_could_not_be_redacted_is_left_out(tmp_path):
    (tmp_path / "x.jsonl").write_text(
        '{"service": "s", "operation": "O", "status": 200, "not_recorded": "ValueError"}\n'
    )
    assert calls.read(tmp_path / "x.jsonl") == []


def test_what_is_shipped_is_only_the_example_and_says_so():
    assert [file.name for file in EXAMPLE.parent.iterdir()] == [EXAMPLE.name]
    assert "No recording" in EXAMPLE.read_text(encoding="utf-8").splitlines()[0]
    assert [call.name for call in calls.read(EXAMPLE)] == ["lambda.GetFunctionConfiguration"]
