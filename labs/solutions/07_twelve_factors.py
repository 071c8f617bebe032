"""Lab 07, explained solutions. Each block goes into the empty cell of its exercise: names come from the notebook."""
# ruff: noqa: F821

# %% 7.1 Bring the hotfix home
# The fix belongs in the source first (hotfix_py, your commit), and from there the same zip goes to every stage. To
# deploy it to test alone would do today; to deploy it everywhere is the habit that keeps stages from drifting.
for stage in ("test", "live"):
    deploy(lab, f"lab07-hello-{stage}", {"lambda_function.py": hotfix_py}, **python)

# %% 7.2 Attach the archive
# First the policy names both buckets, then the name changes, then the old bucket goes. With one change of the policy,
# before or after, visitors meet AccessDenied in between. The policy keeps its name, so it is replaced each time.
both = [f"arn:aws:s3:::{blue}/*", f"arn:aws:s3:::{archive}/*"]
allow("lab07-guestbook", "guests", "s3:PutObject", both)
configure("lab07-guestbook", Environment={"Variables": {"BUCKET": archive}})
wait_for(lambda: call("lab07-guestbook", {"name": "Archie"}) == f"Archie signed in {archive}")
allow("lab07-guestbook", "guests", "s3:PutObject", f"arn:aws:s3:::{archive}/*")

# %% 7.3 Count where everybody can see it
# ADD is atomic: DynamoDB adds and returns in one step, so two environments never get the same number. Reading the
# number, adding 1 in Python and writing it back would lose visits.
shared_counter_py = """
import time

import boto3

table = boto3.resource("dynamodb").Table("lab07-counters")


def lambda_handler(event, context):
    time.sleep(event.get("wait", 0))
    answer = table.update_item(
        Key={"id": event["page"]},
        UpdateExpression="ADD visits :one",
        ExpressionAttributeValues={":one": 1},
        ReturnValues="UPDATED_NEW",
    )
    return int(answer["Attributes"]["visits"])
"""
deploy(
    lab,
    "lab07-counter",
    {"lambda_function.py": shared_counter_py},
    role=counter_role,
    Timeout=10,
    **python,
)

# %% 7.4 Fill the scorecard
# One way to see it. I, II, IV, VI, XI and XII can be argued either way: the check accepts both. What matters is the
# reason. III, V and VIII did in full what the factor asks: what the lab admits of them are limits, not exceptions.
verdicts = {"VII": "not", "II": "partly", "VI": "partly", "IX": "partly", "X": "partly", "XII": "partly"}
for factor in ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"):
    scorecard.answer(factor, verdicts.get(factor, "holds"))
save()
