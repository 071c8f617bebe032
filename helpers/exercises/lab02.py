"""Lab 02, IAM: exercises. Checks invoke the functions and look for what is refused."""

import json
import uuid
from collections.abc import Mapping
from typing import Any

from helpers.backend.function_response import FunctionResponse
from helpers.backend.session import Connection
from helpers.cleanup.owns import Owns
from helpers.exercises.about import About
from helpers.exercises.checks import Check, exercise
from helpers.exercises.evidence.answers import allowed, given, invoke, logged, principals, random_name
from helpers.exercises.evidence.roles import Grant, grants
from helpers.iam.policies import allowing, listed

ABOUT = About(
    title="IAM",
    you_will="say who may do what, and be refused",
    minutes=45,
    builds_on=("01",),
    place=(2, 1),
    owns=Owns(
        functions=("HelloWorld", "HelloStranger", "Clerk", "Intern"),
        roles=("lab02-hello", "lab02-stranger", "lab02-clerk", "lab02-intern", "lab02-visitor"),
        policies=("lab02-*",),
        users=("lab02-ada",),
        buckets=("lab02-notes-*", "lab02-other-*"),
    ),
    needs=("lambda", "iam"),
)
CLERK = "lab02-clerk"
REFUSED = "is not authorized to perform"
ASK_FOR = ("ArnEquals", "ArnLike", "StringEquals", "StringLike")  # and not for anything but
DENIED = "refused by an explicit deny"
WORK = ("s3:getobject", "s3:putobject")  # of Intern
# What the star allows besides, and what Get* and Put* do: the simulator is asked, so that nothing happens.
TOO_MUCH = {
    "*": ["iam:CreateUser", "lambda:DeleteFunction", "s3:ListAllMyBuckets"],
    "drafts/": ["s3:GetObjectTagging", "s3:PutObjectAcl"],
}


@exercise(
    "2.1",
    "Let Lambda in",
    desired="HelloStranger greets, under the role lab02-stranger, which trusts Lambda and this account and nobody else",
    hints=[
        "The role is fine; whom it trusts is not. Change that, then create the function.",
        "update_assume_role_policy replaces the trust policy: list both. Then create_function, as in the refused cell.",
    ],
    half="""
both = policy(trust_people, ___)
iam.update_assume_role_policy(RoleName=___, PolicyDocument=both)
lambda_client.create_function(
    FunctionName=___,
    Runtime="nodejs24.x",
    Role=stranger["Role"]["Arn"],
    Handler=___,
    Code={"ZipFile": zip_code({"index.mjs": hello_mjs})},
)
""",
)
def let_lambda_in(lab: Connection) -> Check:
    """A function runs under the role that did not trust Lambda, and the role still does not trust everybody."""
    role = lab.client("lambda").get_function_configuration(FunctionName="HelloStranger")["Role"].rpartition("/")[2]
    name = random_name()
    answer = invoke(lab, "HelloStranger", {"name": name})
    trust = lab.client("iam").get_role(RoleName=role)["Role"]["AssumeRolePolicyDocument"]
    names = {"lambda.amazonaws.com": "Lambda", f"arn:aws:iam::{lab.account}:root": "this account", "*": "anybody"}
    names[lab.account] = "this account"
    trusted = {names.get(one, one) for statement in allowing(trust) for one in principals(statement)}
    greets = "it greets" if answer.payload == f"Hello {name}" else str(answer)
    whom = f"which trusts {' and '.join(sorted(trusted))}"
    if trusted == {"Lambda"}:
        whom += ", but no longer the people it trusted"
    passed = greets == "it greets" and role == "lab02-stranger" and trusted == {"Lambda", "this account"}
    return Check(passed, f"{greets}, under the role {role}, {whom}")


@exercise(
    "2.2",
    "Lock the shredder",
    desired="Clerk deletes under scratch/, is denied it elsewhere, reads as before, and still no secrets",
    hints=[
        "Whatever else the role is given, now or next year, must not matter: that takes a Deny.",
        "put_role_policy: Deny s3:DeleteObject with NotResource, which means everything except this.",
    ],
    half="""
shredder = {"Effect": ___, "Action": "s3:DeleteObject", ___: f"{notes_arn}/scratch/*"}
iam.put_role_policy(RoleName="lab02-clerk", PolicyName="keep", PolicyDocument=policy(shredder))
""",
)
def lock_the_shredder(lab: Connection) -> Check:
    """`Clerk` deletes temporary objects, is refused elsewhere by an explicit deny, and keeps its other permissions.

    The secrets of step 7 stay secret, too, those that are to come as well: a policy put under the name `vault` takes
    the place of the one that hides them.
    """
    given(lab, "Clerk")
    notes, other = f"lab02-notes-{lab.account}", f"lab02-other-{lab.account}"

    def ask(operation: str, bucket: str, key: str) -> FunctionResponse:
        return invoke(lab, "Clerk", {"operation": operation, "Bucket": bucket, "Key": key})

    new = str(uuid.uuid4())
    temporary = ask("delete", notes, f"scratch/{new}")
    reading = ask("read", other, "plan.txt")  # which AmazonS3FullAccess allows, and nothing else
    kept = {
        "deleting elsewhere": [ask("delete", notes, key) for key in (new, f"scratch-{new}", f"{new}/scratch/{new}")],
        "deleting in another bucket": [ask("delete", other, key) for key in (new, f"scratch/{new}")],
        "reading secrets": [ask("read", notes, key) for key in ("secret/plan.txt", f"secret/{new}")],
    }
    worst = {what: next((one for one in map(outcome, all_) if one != DENIED), DENIED) for what, all_ in kept.items()}
    done = {"deleting in scratch/": temporary, "reading": reading}
    wrong = [f"{what}: {outcome(answer)}" for what, answer in done.items() if answer.error]
    wrong += [f"{what}: {found}" for what, found in worst.items() if found != DENIED]
    if set(worst.values()) == {DENIED}:  # everywhere, and nothing but deletions?
        anywhere = f"arn:aws:s3:::{new}/{new}"
        wrong += ["deleting in a third bucket: allowed"] if allowed(lab, CLERK, ["s3:DeleteObject"], anywhere) else []
        wrong += [] if allowed(lab, CLERK, ["s3:PutObject"], anywhere) else ["writing: no longer allowed"]
    return Check(not wrong, "; ".join(wrong) or "all of that")


@exercise(
    "2.3",
    "Shrink the star",
    desired="Intern reads and writes under drafts/ and everything else is refused",
    hints=[
        "What does Intern do, to which objects? Two actions on one pattern of ARNs. Everything else is refused anyway.",
        "put_role_policy with the same PolicyName replaces all-of-it: s3:GetObject and s3:PutObject on drafts/*.",
    ],
    half="""
drafts = {"Effect": "Allow", "Action": [___, ___], "Resource": f"{notes_arn}/___"}
iam.put_role_policy(RoleName="lab02-intern", PolicyName=___, PolicyDocument=policy(drafts))
""",
)
def shrink_the_star(lab: Connection) -> Check:
    """`Intern` does its work, is refused what else it is asked to do, and its role allows nothing besides."""
    given(lab, "Intern")
    bucket, key = f"lab02-notes-{lab.account}", f"drafts/{uuid.uuid4()}"

    def ask(operation: str, key: str, bucket: str = bucket) -> FunctionResponse:
        return invoke(lab, "Intern", {"operation": operation, "Bucket": bucket, "Key": key})

    work = {"writing": ask("write", key), "reading": ask("read", key)}
    other = {
        "reading public/": ask("read", "public/hello.txt"),
        "writing elsewhere": ask("write", f"stray-{uuid.uuid4()}"),
        "deleting": ask("delete", key),
        "listing": ask("list", "drafts/"),
        "another bucket": ask("write", key, f"lab02-other-{lab.account}"),
    }
    broken = [name for name, answer in work.items() if answer.error]
    open_doors = [name for name, answer in other.items() if REFUSED not in json.dumps(answer.payload)]
    for where, actions in TOO_MUCH.items():
        resource = where if where == "*" else f"arn:aws:s3:::{bucket}/{key}"
        open_doors += allowed(lab, "lab02-intern", actions, resource)
    if not open_doors:  # what nobody thought of asking for
        open_doors = [str(grant) for grant in grants(lab, "lab02-intern") if not is_work(grant, bucket)]
    found = ["both work" if not broken else f"{' and '.join(broken)} fail{'s' * (len(broken) == 1)}"]
    found.append(f"still possible: {', '.join(open_doors)}" if open_doors else "other things refused")
    return Check(not broken and not open_doors, "; ".join(found))


@exercise(
    "2.4",
    "Let one bucket in",
    desired="an upload to lab02-notes calls HelloWorld, and nobody else's bucket may",
    hints=[
        "S3 has no role: the function itself has to let it in. Then the bucket has to know whom to call.",
        "add_permission with Principal s3.amazonaws.com, SourceArn, SourceAccount (StatementId is a name of your own);"
        " then put_bucket_notification_configuration. remove_permission takes away what is wrong.",
    ],
    half="""
lambda_client.add_permission(
    FunctionName="HelloWorld",
    StatementId="uploads",
    Action=___,
    Principal="s3.amazonaws.com",
    SourceArn=___,
    SourceAccount=lab.account,
)
s3.put_bucket_notification_configuration(Bucket=___, NotificationConfiguration=on_upload)
""",
)
def let_one_bucket_in(lab: Connection) -> Check:
    """An upload reaches the function's log; every permission of S3 is for calls, and names the bucket and its owner."""
    given(lab, "HelloWorld")
    bucket, mark = f"lab02-notes-{lab.account}", f"exercise-{uuid.uuid4().hex}"
    lab.client("s3").put_object(Bucket=bucket, Key=mark, Body="an exercise")
    arrived = bool(logged(lab, "HelloWorld", lambda line: mark in line))
    let_in = [one for one in permissions(lab, "HelloWorld") if principals(one) & {"s3.amazonaws.com", "*"}]
    found = ["the upload " + ("arrived" if arrived else "did not arrive")]
    if any(asked_for(one, "aws:sourcearn") != {f"arn:aws:s3:::{bucket}"} for one in let_in):
        found.append("other buckets, too, may call")
    elif any(asked_for(one, "aws:sourceaccount") != {lab.account} for one in let_in):
        found.append("a bucket of that name may call, whoever owns it: SourceAccount is not your account")
    else:
        found.append("only this bucket may call" if let_in else "no bucket may call")
    beyond = {action for one in let_in for action in listed(one["Action"])} - {"lambda:InvokeFunction"}
    found += [f"S3 may do more than call: {', '.join(sorted(beyond))}"] if beyond else []
    return Check(arrived and found[1:] == ["only this bucket may call"], ", ".join(found))


def permissions(lab: Connection, function: str) -> list[dict[str, Any]]:
    """Return the allowing statements of the function's own policy; none if it has no policy."""
    api = lab.client("lambda")
    try:
        return allowing(json.loads(api.get_policy(FunctionName=function)["Policy"]))
    except api.exceptions.ResourceNotFoundException:
        return []


def asked_for(statement: Mapping[str, Any], key: str) -> set[str]:
    """Return what a statement's condition accepts for `key`, in small letters; nothing if it does not ask for it."""
    return {
        value
        for operator, pairs in statement.get("Condition", {}).items()
        if operator in ASK_FOR
        for name, values in pairs.items()
        if name.lower() == key
        for value in listed(values)
    }


def is_work(grant: Grant, bucket: str) -> bool:
    """Tell whether `grant` is for reading or writing objects under drafts/ of `bucket`, and nothing else."""
    return grant.action.lower() in WORK and grant.resource.startswith(f"arn:aws:s3:::{bucket}/drafts/")


def outcome(answer: FunctionResponse) -> str:
    """Return the outcome of a request by `Clerk`, in a few words."""
    said = json.dumps(answer.payload)
    if REFUSED in said:
        explicit = "with an explicit deny in an identity-based policy" in said
        return DENIED if explicit else "refused, but not by an explicit deny"
    return str(answer) if answer.error else "done"
