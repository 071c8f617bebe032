"""Lab 07, Twelve factors: exercises. Checks read functions' responses, buckets, tables and roles."""

import json
import re
import uuid
from concurrent.futures import ThreadPoolExecutor

from helpers.backend.session import Connection
from helpers.cleanup.owns import Owns
from helpers.errors import ScorecardError
from helpers.exercises import twelve_factors
from helpers.exercises.about import About
from helpers.exercises.checks import Check, exercise
from helpers.exercises.evidence.answers import allowed, allowed_actions, allowed_resources, invoke, random_name

ABOUT = About(
    title="Twelve factors",
    you_will="see which of the twelve factors Lambda gives you",
    minutes=45,
    builds_on=("01", "02", "03", "05", "06"),
    place=(4, 2),
    owns=Owns(
        functions=("lab07-*",),
        layers=("lab07-*",),
        roles=("lab07-*",),
        buckets=("lab07-*",),
        tables=("lab07-*",),
    ),
    needs=("lambda", "layers", "iam", "dynamodb"),
)
STAGES = ("lab07-hello-test", "lab07-hello-live")
USUAL = ("s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket")


@exercise(
    "7.1",
    "Bring the hotfix home",
    desired='one CodeSha256 in both stages, and an answer for {"name": ""} that ends in "world"',
    hints=[
        "The fix is in one stage only. Which source has it? Deploy that one everywhere.",
        "UpdateFunctionCode, which deploy(lab, name, {path: source}, **python) calls, for both stages with hotfix_py.",
    ],
    half="""
for stage in ___:
    deploy(lab, f"lab07-hello-{stage}", {"lambda_function.py": ___}, **python)
""",
)
def bring_the_hotfix_home(lab: Connection) -> Check:
    """Both stages run the same package, and it is the one with the fix."""
    api = lab.client("lambda")
    codes = {api.get_function_configuration(FunctionName=stage)["CodeSha256"] for stage in STAGES}
    answers = [invoke(lab, stage, {"name": ""}) for stage in STAGES]
    fixed = all(not answer.error and str(answer.payload).endswith(" world") for answer in answers)
    found = f"{len(codes)} CodeSha256, and the answers {answers[0]} in test, {answers[1]} in live"
    name = random_name()
    greeted = all(str(invoke(lab, stage, {"name": name}).payload).endswith(f" {name}") for stage in STAGES)
    return Check(len(codes) == 1 and fixed and greeted, found if greeted else f"{found}; other names are not greeted")


@exercise(
    "7.2",
    "Attach the archive",
    desired="a guest in the archive, and a role that may use no other bucket",
    hints=[
        "Two things attach a bucket, and neither of them is code.",
        "UpdateFunctionConfiguration with BUCKET; PutRolePolicy before it with both buckets, after it with one.",
    ],
    half="""
both = [f"arn:aws:s3:::{blue}/*", ___]
allow("lab07-guestbook", "s3:PutObject", ___)
configure("lab07-guestbook", Environment={"Variables": {___: archive}})
wait_for(lambda: call("lab07-guestbook", {"name": "Archie"}) == f"Archie signed in {archive}")
allow("lab07-guestbook", "s3:PutObject", ___)
""",
)
def attach_the_archive(lab: Connection) -> Check:
    """`lab07-guestbook` writes to the archive, where its role may write and nowhere else."""
    archive, guest = f"lab07-archive-{lab.account}", random_name()
    answer = invoke(lab, "lab07-guestbook", {"name": guest})
    arrived = not answer.error and _left(lab, archive, f"{guest}.txt")
    said = str(answer).replace(guest, "(a guest)")
    where = "a guest in the archive" if arrived else f"{said}, and no guest in the archive"
    usable = may_use(lab, "lab07-guestbook")
    buckets = ", ".join(name.removesuffix(f"-{lab.account}") for name in usable) or "no bucket"
    return Check(arrived and set(usable) <= {archive}, f"{where}, and a role that may use {buckets}")


def _left(lab: Connection, bucket: str, key: str) -> bool:
    """Whether the object is there; it is then removed."""
    s3 = lab.client("s3")
    try:
        s3.head_object(Bucket=bucket, Key=key)
    except s3.exceptions.ClientError:
        return False
    s3.delete_object(Bucket=bucket, Key=key)
    return True


def may_use(lab: Connection, role: str) -> list[str]:
    """Return this lab's buckets in which the role's policies allow something, and "any-other" for anybody else's."""
    names = [bucket["Name"] for bucket in lab.client("s3").list_buckets()["Buckets"]]
    names = [name for name in sorted(names) if name.startswith("lab07-")]
    asked = [f"arn:aws:s3:::{name}{key}" for name in [*names, "any-other"] for key in ("", "/check.txt")]
    # What the policies name is asked for, too: a single key, a rare action.
    asked += sorted(
        re.sub("[*?]", "x", arn) for arn in allowed_resources(lab, role, "s3:") if arn.startswith("arn:aws:s3:::")
    )
    rare = allowed_actions(lab, role, "s3:")
    found = [arn for arn in asked if allowed(lab, role, sorted({*USUAL, *rare}), arn)]
    return list(dict.fromkeys(arn.removeprefix("arn:aws:s3:::").partition("/")[0] for arn in found))


@exercise(
    "7.3",
    "Count where everybody can see it",
    desired="the numbers 1 to 6 for six visits, three at a time, and the 6 in the table",
    hints=[
        "Each environment counts for itself. Who could count for all of them?",
        "UpdateItem with ADD and ReturnValues='UPDATED_NEW' on the table lab07-counters, in place of the global.",
    ],
    half='''
shared_counter_py = """
import time

import boto3

table = boto3.resource("dynamodb").Table("lab07-counters")


def lambda_handler(event, context):
    time.sleep(event.get("wait", 0))
    answer = table.update_item(
        Key={"id": ___},
        UpdateExpression="ADD visits :one",
        ExpressionAttributeValues={":one": ___},
        ReturnValues="UPDATED_NEW",
    )
    return int(answer["Attributes"][___])
"""
settings = {"Role": counter_role, "Timeout": 10, **python}
deploy(lab, "lab07-counter", {"lambda_function.py": ___}, **settings)
''',
)
def count_where_everybody_can_see_it(lab: Connection) -> Check:
    """Three environments of `lab07-counter` count the visits to one page together; another page counts anew."""
    page = f"check-{uuid.uuid4().hex[:8]}"
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda _: invoke(lab, "lab07-counter", {"page": page, "wait": 0.5}), range(6)))
    failed = next((answer for answer in answers if answer.error), None)
    if failed:
        return Check(False, str(failed))
    numbers = sorted(json.dumps(as_whole_number(answer.payload)) for answer in answers)  # text stays in quotation marks
    if len(set(numbers)) < len(numbers):
        return Check(False, "the same answer for several visits")  # which, differs from run to run
    right, found = numbers == list("123456"), f"the answers {', '.join(numbers)}"
    if right and not table_has(lab, page, 6):
        return Check(False, f"{found}, but no item of this page with the number 6 in lab07-counters")
    return Check(right, found)


def as_whole_number(payload: object) -> object:
    """Return 6 for 6.0, into which a handler may turn a Decimal of DynamoDB; anything else unchanged."""
    return int(payload) if isinstance(payload, float) and payload.is_integer() else payload


def table_has(lab: Connection, page: str, number: int) -> bool:
    """Tell whether the table has an item with this page and this number."""
    items = lab.client("dynamodb").scan(TableName="lab07-counters", ConsistentRead=True)["Items"]
    return any(page in json.dumps(item) and {"N": str(number)} in item.values() for item in items)


@exercise(
    "7.4",
    "Log for machines",
    desired="LogFormat JSON and ApplicationLogLevel ERROR for lab07-guestbook",
    hints=[
        "The code stays as it is: how a function logs is a setting, as for lab07-log.",
        "UpdateFunctionConfiguration, which configure(name, ...) calls, with LoggingConfig.",
    ],
    half='configure("lab07-guestbook", LoggingConfig={"LogFormat": ___, ___: "ERROR"})',
)
def log_for_machines(lab: Connection) -> Check:
    """`lab07-guestbook` logs JSON, and of its own lines those from ERROR up."""
    configured = lab.client("lambda").get_function_configuration(FunctionName="lab07-guestbook")
    logging = configured.get("LoggingConfig", {})
    wanted = {"LogFormat": "JSON", "ApplicationLogLevel": "ERROR"}
    found = {key: logging.get(key, "none") for key in wanted}
    return Check(found == wanted, " and ".join(f"{key} {value}" for key, value in found.items()))


@exercise(
    "7.5",
    "Fill the scorecard",
    desired="twelve answers in scorecard.json that agree with what you saw",
    hints=[
        "What did the run of that section show, and what does the paragraph after it admit?",
        'scorecard.answer("I", "holds") and so on, then save(), which calls PutObject.',
    ],
)
def fill_the_scorecard(lab: Connection) -> Check:
    """The bucket holds twelve answers, and the lab's runs bear them out."""
    s3 = lab.client("s3")
    try:
        stored = s3.get_object(Bucket=f"lab07-scorecard-{lab.account}", Key="scorecard.json")
    except s3.exceptions.NoSuchKey:
        return Check(False, "nothing saved yet: answers count once save() has stored them")
    try:
        score = twelve_factors.score(json.load(stored["Body"]))
    except (ScorecardError, ValueError) as error:
        return Check(False, str(error))
    if score.open:
        return Check(False, f"no answer for {', '.join(score.open)} in what was saved")
    if score.disputed:
        reasons = "; ".join(f"{number} ({twelve_factors.FACTORS[number].shown})" for number in score.disputed)
        return Check(False, f"answers that go against what you saw: {reasons}")
    if not any(score.answers[number] == "holds" for number in twelve_factors.CLEAREST):
        return Check(False, f"none of {', '.join(twelve_factors.CLEAREST)} holding: read their answers again")
    return Check(True, repr(score))
