"""Errors of botocore and boto3 in a notebook."""

from textwrap import indent

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from helpers.jupyter import aws_errors

BEGIN = """
import boto3
from helpers.jupyter import aws_errors
aws_errors.install()
api = boto3.client("lambda", endpoint_url="http://127.0.0.1:9", region_name="us-east-1",
                   aws_access_key_id="a", aws_secret_access_key="b")
"""
REFUSED = """from botocore.exceptions import ClientError
raise ClientError({"Error": {"Code": "AccessDeniedException", "Message": "User: ada is not authorized"}}, "Invoke")
"""
CELLS = {
    "refused by AWS": REFUSED,
    "refused by botocore": "api.invoke()",
    "in a function of the learner": f"def ask():\n{indent(REFUSED, '    ')}\nask()",
    "upload": "from boto3.exceptions import S3UploadFailedError\nraise S3UploadFailedError('no <bucket>')",
    "a second time": REFUSED.replace("AccessDeniedException", "ResourceConflictException").replace(
        "User: ada is not authorized", "Function already exist: f"
    ),
    "typo": "len(5)",
    "botocore's own TypeError": "api.invoke('HelloWorld')",
    "own, because of one of AWS": f"try:\n{indent(REFUSED, '    ')}\nexcept ClientError:\n    1 / 0",
}


@pytest.fixture(scope="module")
def outputs():
    """{name: outputs of the cell}, run in one kernel."""
    cells = [new_code_cell(source) for source in (BEGIN, *CELLS.values())]
    notebook = new_notebook(cells=cells)
    NotebookClient(notebook, kernel_name="python3", allow_errors=True, startup_timeout=180).execute()
    return dict(zip(CELLS, (cell.outputs for cell in notebook.cells[1:]), strict=True))


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("refused by AWS", "AccessDeniedException: User: ada is not authorized (line 2 of the cell)"),
        ("in a function of the learner", "AccessDeniedException: User: ada is not authorized (line 5 of the cell)"),
        (
            "refused by botocore",
            'ParamValidationError: Parameter validation failed: Missing required parameter in input: "FunctionName"',
        ),
        ("upload", "S3UploadFailedError: no <bucket> (line 2 of the cell)"),
    ],
)
def test_an_error_of_aws_is_one_line_with_its_code_and_message(outputs, name, line):
    error, folded = outputs[name]
    assert (error.output_type, error.traceback) == ("error", [line])
    assert list(folded.data) == ["text/html"]


def test_what_is_there_already_says_what_to_run_instead(outputs):
    line, more = outputs["a second time"][0].traceback
    assert line == "ResourceConflictException: Function already exist: f (line 2 of the cell)"
    assert "go on with the next one" in more and "lab.reset()" in more


def test_what_a_wrong_attempt_has_made_is_to_be_changed_or_made_anew(outputs):
    _, more = outputs["a second time"][0].traceback
    assert "an attempt of your own" in more, "in the cell of an exercise, going on solves nothing"
    assert "change it (update_…)" in more and "To make it anew, delete it first" in more


@pytest.mark.parametrize(
    ("sentence", "there"),
    [
        ("EntityAlreadyExists: Role with name r already exists.", True),
        ("BucketAlreadyOwnedByYou: Your previous request to create the named bucket succeeded", True),
        ("ResourceInUseException: Table already exists: t", True),
        ("QueueNameExists: A queue already exists with the same name", True),
        ("ConflictException: Another resource with the same parent already has this name: {hello+}", True),
        ("ResourceConflictException: FunctionUrlConfig exists for this Lambda function", True),
        ("ResourceConflictException: An update is in progress for resource: f", False),
        ("ResourceNotFoundException: Function not found: f", False),
    ],
)
def test_only_what_is_there_already_counts_as_that(sentence, there):
    assert bool(aws_errors.what_now(sentence)) is there


def test_a_permission_that_is_there_is_taken_away_before_it_is_changed():
    said = (
        "ResourceConflictException: The statement id (s3) provided already exists. Please provide a new statement id."
    )
    (line,) = aws_errors.what_now(said)
    assert "remove_permission(" in line


def test_the_error_is_still_there_as_botocore_raised_it(outputs):
    error = outputs["refused by AWS"][0]
    assert error.ename == "ClientError"
    assert error.evalue.startswith("An error occurred (AccessDeniedException) when calling the Invoke operation")


def test_its_traceback_is_folded_and_names_cells_and_packages_and_no_place_of_this_machine(outputs):
    html = outputs["refused by botocore"][1].data["text/html"]
    assert html.startswith("<details><summary>Traceback</summary>")
    assert "Cell In[3], line 1, in &lt;module&gt;" in html
    assert "File &quot;botocore/client.py&quot;, line " in html
    assert "site-packages" not in html and "ipykernel" not in html and "run_code" not in html


def test_html_in_a_message_is_no_html(outputs):
    assert "no &lt;bucket&gt;" in outputs["upload"][1].data["text/html"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("typo", "TypeError"),
        ("botocore's own TypeError", "TypeError"),
        ("own, because of one of AWS", "ZeroDivisionError"),
    ],
)
def test_a_mistake_of_ones_own_keeps_its_traceback(outputs, name, kind):
    (error,) = outputs[name]
    text = "\n".join(error.traceback)
    assert error.ename == kind
    assert "Traceback (most recent call last)" in text
