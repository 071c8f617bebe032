"""Lab 02, IAM: exercises. Each is judged by what really happens: functions are called, and have to be refused."""

import json
import uuid

from helpers.checks import Check, exercise
from helpers.cleanup import Owns
from helpers.exercises.evidence import invoke, logged

TITLE = "IAM"
OWNS = Owns(
    functions=("HelloWorld", "HelloStranger", "Clerk", "Intern"),
    roles=("lab02-hello", "lab02-stranger", "lab02-clerk", "lab02-intern", "lab02-visitor"),
    policies=("lab02-*",),
    users=("lab02-ada",),
    buckets=("lab02-notes-*", "lab02-other-*"),
    topics=("lab02-news",),
)
NEEDS = ("lambda", "iam")
SOLUTIONS = "labs/solutions/02_iam.py"
REFUSED = "is not authorized to perform"


@exercise(
    "2.1",
    "Let Lambda in",
    desired="HelloStranger greets, under the role lab02-stranger",
    hints=[
        "The role is fine; whom it trusts is not. Change that, then create the function.",
        "UpdateAssumeRolePolicy replaces the trust policy: list both principals. Then deploy(..., role=...).",
        f"The explained solution is block 2.1 in {SOLUTIONS}.",
    ],
)
def let_lambda_in(lab) -> Check:
    """A function runs under the role that did not trust Lambda."""
    role = lab.client("lambda").get_function_configuration(FunctionName="HelloStranger")["Role"].rpartition("/")[2]
    answer = invoke(lab, "HelloStranger", {"name": "Ada"})
    return Check(answer.payload == "Hello Ada" and role == "lab02-stranger", f"{answer}, under the role {role}")


@exercise(
    "2.2",
    "Lock the shredder",
    desired="Clerk may delete under scratch/ and is denied everything else, even with AmazonS3FullAccess",
    hints=[
        "Whatever else the role is given, now or next year, must not matter: that takes a Deny.",
        "PutRolePolicy: Deny s3:DeleteObject with NotResource, which means everything except this.",
        f"The explained solution is block 2.2 in {SOLUTIONS}.",
    ],
)
def lock_the_shredder(lab) -> Check:
    """`Clerk` deletes what is temporary, and is refused by an explicit deny elsewhere."""
    bucket = f"lab02-notes-{lab.account}"
    kept, temporary = f"kept-{uuid.uuid4()}", f"scratch/{uuid.uuid4()}"
    answers = [
        invoke(lab, "Clerk", {"operation": "delete_object", "Bucket": bucket, "Key": key}) for key in (kept, temporary)
    ]
    said = f"scratch/: {outcome(answers[1])}, elsewhere: {outcome(answers[0])}"
    denied = "with an explicit deny in an identity-based policy" in json.dumps(answers[0].payload)
    return Check(denied and answers[1].payload == 204, f"{said}{' by an explicit deny' if denied else ''}")


@exercise(
    "2.3",
    "Shrink the star",
    desired="Intern reads and writes under drafts/ and everything else is refused",
    hints=[
        "What does Intern do, to which objects? Two actions on one pattern of ARNs. Everything else is refused anyway.",
        "PutRolePolicy with the same PolicyName replaces all-of-it: s3:GetObject and s3:PutObject on drafts/*.",
        f"The explained solution is block 2.3 in {SOLUTIONS}.",
    ],
)
def shrink_the_star(lab) -> Check:
    """`Intern` does its work, and each of the other things that it is asked for is refused."""
    bucket, key = f"lab02-notes-{lab.account}", f"drafts/{uuid.uuid4()}"

    def ask(operation, **arguments):
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
        "another bucket": ask("get_object", Bucket=f"lab02-other-{lab.account}", Key="drafts/plan.txt"),
    }
    broken = [name for name, answer in work.items() if answer.error]
    open_doors = [name for name, answer in other.items() if REFUSED not in json.dumps(answer.payload)]
    found = ["both work" if not broken else f"{' and '.join(broken)} fails"]
    found.append(f"still possible: {', '.join(open_doors)}" if open_doors else f"{len(other)} other things refused")
    return Check(not broken and not open_doors, "; ".join(found))


@exercise(
    "2.4",
    "Let one topic in",
    desired="what is published in lab02-news arrives at HelloWorld, and no other topic may call it",
    hints=[
        "A topic has no role: the function itself has to let it in. And SNS must know where to send.",
        "CreateTopic, Subscribe (Protocol lambda), AddPermission with Principal sns.amazonaws.com and SourceArn.",
        f"The explained solution is block 2.4 in {SOLUTIONS}.",
    ],
)
def let_one_topic_in(lab) -> Check:
    """A message published here reaches the function's log, and the permission names the topic."""
    sns, mark = lab.client("sns"), f"exercise-{uuid.uuid4().hex}"
    topic = f"arn:aws:sns:{lab.region}:{lab.account}:lab02-news"
    sns.publish(TopicArn=topic, Message=mark)
    arrived = bool(logged(lab, "HelloWorld", lambda line: mark in line))
    policy = json.loads(lab.client("lambda").get_policy(FunctionName="HelloWorld")["Policy"])
    statements = [s for s in policy["Statement"] if s["Principal"] == {"Service": "sns.amazonaws.com"}]
    named = statements and all(topic in json.dumps(statement.get("Condition", {})) for statement in statements)
    whom = "only this topic" if named else "any topic" if statements else "no topic"
    return Check(arrived and bool(named), f"the message {'arrived' if arrived else 'did not arrive'}, {whom} may call")


def outcome(answer) -> str:
    """What became of a request of `Clerk`, in a word."""
    if REFUSED in json.dumps(answer.payload):
        return "refused"
    return str(answer) if answer.error else "done"
