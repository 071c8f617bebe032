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
from helpers.exercises.evidence.answers import allowed, invoke, logged, principals, random_name
from helpers.iam.policies import allowing, listed

ABOUT = About(
    title="IAM",
    you_will="say who may do what, and be refused",
    minutes=40,
    builds_on=("01",),
    place=(2, 1),
    owns=Owns(
        functions=("HelloWorld", "HelloStranger", "Clerk", "Intern"),
        roles=("lab02-hello", "lab02-stranger", "lab02-clerk", "lab02-intern", "lab02-visitor"),
        policies=("lab02-*",),
        users=("lab02-ada",),
        buckets=("lab02-notes-*", "lab02-other-*"),
        topics=("lab02-news",),
    ),
    needs=("lambda", "iam"),
)
CLERK = "lab02-clerk"
REFUSED = "is not authorized to perform"
ASK_FOR = ("ArnEquals", "ArnLike", "StringEquals", "StringLike")  # and not for anything but
DENIED = "refused by an explicit deny"
# What the star allows besides, and what Get* and Put* do: the simulator is asked, so that nothing happens.
TOO_MUCH = {
    "*": ["iam:CreateUser", "lambda:DeleteFunction"],
    "drafts/": ["s3:GetObjectTagging", "s3:PutObjectAcl"],
}


@exercise(
    "2.1",
    "Let Lambda in",
    desired="HelloStranger greets, under the role lab02-stranger, which trusts Lambda and this account and nobody else",
    hints=[
        "The role is fine; whom it trusts is not. Change that, then create the function.",
        "UpdateAssumeRolePolicy replaces the trust policy: list both principals. Then deploy(..., role=...).",
    ],
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
    passed = answer.payload == f"Hello {name}" and role == "lab02-stranger" and trusted == {"Lambda", "this account"}
    return Check(passed, f"{answer}, under the role {role}, which trusts {' and '.join(sorted(trusted))}")


@exercise(
    "2.2",
    "Lock the shredder",
    desired="Clerk deletes under scratch/, is denied it elsewhere even with AmazonS3FullAccess, and reads as before",
    hints=[
        "Whatever else the role is given, now or next year, must not matter: that takes a Deny.",
        "PutRolePolicy: Deny s3:DeleteObject with NotResource, which means everything except this.",
    ],
)
def lock_the_shredder(lab: Connection) -> Check:
    """`Clerk` deletes temporary objects, is refused elsewhere by an explicit deny, and keeps its other permissions.

    The secret of step 7 stays one, too: a policy put under the name `vault` takes the place of the one that hides it.
    """
    notes, other = f"lab02-notes-{lab.account}", f"lab02-other-{lab.account}"

    def ask(operation: str, bucket: str, key: str) -> FunctionResponse:
        return invoke(lab, "Clerk", {"operation": operation, "Bucket": bucket, "Key": key})

    new = str(uuid.uuid4())
    temporary = ask("delete_object", notes, f"scratch/{new}")
    kept = {
        "elsewhere": [ask("delete_object", notes, key) for key in (new, f"scratch-{new}", f"{new}/scratch/{new}")],
        "in another bucket": [ask("delete_object", other, key) for key in (new, f"scratch/{new}")],
    }
    worst = {
        where: next((one for one in map(outcome, answers) if one != DENIED), DENIED) for where, answers in kept.items()
    }
    secret = outcome(ask("get_object", notes, "secret/plan.txt"))
    reading = ask("get_object", other, "plan.txt")  # which AmazonS3FullAccess allows, and nothing else
    said = [f"deleting in scratch/: {outcome(temporary)}"]
    said += [f"{where}: {found}" for where, found in worst.items()]
    wrong = [f"reading the secret: {secret}"] if secret != DENIED else []
    if set(worst.values()) == {DENIED}:  # everywhere, and nothing but deletions?
        anywhere = f"arn:aws:s3:::{new}/{new}"
        wrong += ["deleting in a third bucket: allowed"] if allowed(lab, CLERK, ["s3:DeleteObject"], anywhere) else []
        wrong += [] if allowed(lab, CLERK, ["s3:PutObject"], anywhere) else ["writing: no longer allowed"]
    passed = set(worst.values()) == {DENIED} and temporary.payload == 204 and not reading.error and not wrong
    return Check(passed, "; ".join([", ".join(said), f"reading: {outcome(reading)}", *wrong]))


@exercise(
    "2.3",
    "Shrink the star",
    desired="Intern reads and writes under drafts/ and everything else is refused",
    hints=[
        "What does Intern do, to which objects? Two actions on one pattern of ARNs. Everything else is refused anyway.",
        "PutRolePolicy with the same PolicyName replaces all-of-it: s3:GetObject and s3:PutObject on drafts/*.",
    ],
)
def shrink_the_star(lab: Connection) -> Check:
    """`Intern` does its work, and is refused everything else that it is asked to do."""
    bucket, key = f"lab02-notes-{lab.account}", f"drafts/{uuid.uuid4()}"

    def ask(operation: str, **arguments: str) -> FunctionResponse:
        return invoke(lab, "Intern", {"operation": operation, **arguments})

    work = {
        "writing": ask("put_object", Bucket=bucket, Key=key, Body="draft"),
        "reading": ask("get_object", Bucket=bucket, Key=key),
    }
    other = {
        "reading public/": ask("get_object", Bucket=bucket, Key="public/hello.txt"),
        "writing elsewhere": ask("put_object", Bucket=bucket, Key=f"stray-{uuid.uuid4()}", Body="stray"),
        "deleting": ask("delete_object", Bucket=bucket, Key=key),
        "listing buckets": ask("list_buckets"),
        "another bucket": ask("put_object", Bucket=f"lab02-other-{lab.account}", Key=key, Body="stray"),
    }
    broken = [name for name, answer in work.items() if answer.error]
    open_doors = [name for name, answer in other.items() if REFUSED not in json.dumps(answer.payload)]
    for where, actions in TOO_MUCH.items():
        resource = where if where == "*" else f"arn:aws:s3:::{bucket}/{key}"
        open_doors += allowed(lab, "lab02-intern", actions, resource)
    found = ["both work" if not broken else f"{' and '.join(broken)} fails"]
    found.append(f"still possible: {', '.join(open_doors)}" if open_doors else "other things refused")
    return Check(not broken and not open_doors, "; ".join(found))


@exercise(
    "2.4",
    "Let one topic in",
    desired="what is published in lab02-news arrives at HelloWorld, and no other topic may call it",
    hints=[
        "A topic has no role: the function itself has to let it in. And SNS must know where to send.",
        "CreateTopic, Subscribe (Protocol lambda), AddPermission with Principal sns.amazonaws.com and SourceArn.",
    ],
)
def let_one_topic_in(lab: Connection) -> Check:
    """A published message reaches the function's log, and the permission names the topic."""
    sns, mark = lab.client("sns"), f"exercise-{uuid.uuid4().hex}"
    topic = f"arn:aws:sns:{lab.region}:{lab.account}:lab02-news"
    sns.publish(TopicArn=topic, Message=mark)
    arrived = bool(logged(lab, "HelloWorld", lambda line: mark in line))
    policy = json.loads(lab.client("lambda").get_policy(FunctionName="HelloWorld")["Policy"])
    let_in = [one for one in allowing(policy) if principals(one) & {"sns.amazonaws.com", "*"}]
    named = let_in and all(source_arns(statement) == {topic} for statement in let_in)
    whom = "only this topic" if named else "other topics, too," if let_in else "no topic"
    return Check(arrived and bool(named), f"the message {'arrived' if arrived else 'did not arrive'}, {whom} may call")


def source_arns(statement: Mapping[str, Any]) -> set[str]:
    """Return the ARNs that a statement's condition accepts as `aws:SourceArn`; none if it has no such condition."""
    return {
        arn
        for operator, pairs in statement.get("Condition", {}).items()
        if operator in ASK_FOR
        for key, arns in pairs.items()
        if key.lower() == "aws:sourcearn"
        for arn in listed(arns)
    }


def outcome(answer: FunctionResponse) -> str:
    """Return the outcome of a request by `Clerk`, in a few words."""
    said = json.dumps(answer.payload)
    if REFUSED in said:
        return DENIED if "with an explicit deny in an identity-based policy" in said else "refused"
    return str(answer) if answer.error else "done"
