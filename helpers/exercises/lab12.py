"""Lab 12, Ship it: exercises. Checks read stacks, what they made, what an alarm does, and what is left."""

from helpers.backend import pages
from helpers.backend.session import Connection
from helpers.cleanup import owns as cleanup
from helpers.cleanup.owns import Owns
from helpers.exercises.about import About
from helpers.exercises.checks import Check, exercise
from helpers.exercises.evidence import alarms, messages, queries, stacks
from helpers.exercises.evidence.answers import random_name, variables_of
from helpers.exercises.evidence.rest_api import in_one_line
from helpers.exercises.evidence.stacks import fetch
from helpers.exercises.evidence.waiting import seconds_for, until

ABOUT = About(
    title="Ship it",
    you_will="one template, two stages, a system, and nothing left of it",
    minutes=40,
    builds_on=("04", "10"),
    place=(4, 4),
    owns=Owns(
        stacks=("lab12-*",),
        functions=("lab12-*",),
        layers=("lab12-*",),
        roles=("lab12-*",),
        buckets=("lab12-*",),
        tables=("lab12-*",),
        queues=("lab12-*",),
        topics=("lab12-*",),
        rest_apis=("lab12-*",),
        alarms=("lab12-*",),
        dashboards=("lab12-*",),
    ),
    needs=("lambda", "iam", "dynamodb"),
)
GREETING, ORDERS, TILL = "lab12-greeting", "lab12-orders", "lab12-till"
STAGES = {"lab12-snippets-test": "test", "lab12-snippets-prod": "prod"}
CAPSTONE = ("lab12-snippets", "lab12-pillow", "lab12-packages")


@exercise(
    "12.1",
    "Say it in French",
    desired=f"Bonjour from {GREETING}, because its parameter says so",
    hints=[
        "The stack has a template already, and one parameter. Which call changes a stack?",
        "UpdateStack with UsePreviousTemplate, Parameters, and the capabilities as before.",
    ],
    half="""
french = [{"ParameterKey": ___, "ParameterValue": ___}]
cfn.update_stack(StackName="lab12-greeting", UsePreviousTemplate=___, Parameters=french, Capabilities=may)
settle("lab12-greeting")
""",
)
def say_it_in_french(lab: Connection) -> Check:
    """The stack's parameter, the function's variable and the answer to a random name agree."""
    chosen = stacks.parameters(lab, GREETING).get("Greeting", "not set")
    function = stacks.resources(lab, GREETING, "AWS::Lambda::Function")["HelloWorld"]
    configured = lab.client("lambda").get_function_configuration(FunctionName=function)
    variable = variables_of(configured).get("GREETING")
    if chosen != "Bonjour":
        by_hand = ", although the function's variable says Bonjour: the stack knows nothing of it"
        return Check(False, f"its parameter Greeting is {chosen}{by_hand if variable == 'Bonjour' else ''}")
    name = random_name()
    reply = fetch("GET", f"{stacks.outputs(lab, GREETING)['Url']}?name={name}")
    return Check((reply.status, reply.text) == (200, f"Bonjour {name}"), in_one_line(reply))


@exercise(
    "12.2",
    "Let the right one happen",
    desired="60 s for Waiting, and the same queue with the same orders in it; no other change set left",
    hints=[
        "changes(lab, stack, name) shows one change set. Both want 60 s; what else does one of them do?",
        "DeleteChangeSet for the one that replaces the queue, then ExecuteChangeSet for the other.",
    ],
    half="""
for name in ("blue", "red"):
    if changes(lab, "lab12-orders", name).replaced:
        cfn.___(StackName="lab12-orders", ChangeSetName=name)
    else:
        right = name
cfn.___(StackName="lab12-orders", ChangeSetName=right)
settle("lab12-orders")
""",
)
def let_the_right_one_happen(lab: Connection) -> Check:
    """The queue kept its messages, has the new time, and neither change set is left."""
    queue, sqs = stacks.resources(lab, ORDERS, "AWS::SQS::Queue")["Waiting"], lab.client("sqs")
    asked = ["VisibilityTimeout", "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    seconds, *counts = (sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=asked)["Attributes"][n] for n in asked)
    if not sum(map(int, counts)):
        again = f'cfn.delete_stack(StackName="{ORDERS}"), then the cells of step 3 from orders_yaml on'
        return Check(False, f"another queue, without an order: it was replaced. To begin again: {again}")
    left = stacks.change_sets(lab, ORDERS)
    if seconds != "60":
        return Check(False, f"{seconds} s for Waiting, and the change sets {' and '.join(left) or 'gone'}")
    return Check(not left, f"60 s, and {f'{left[0]} still there' if left else 'the orders are still there'}")


@exercise(
    "12.3",
    "Own the log group",
    desired=f"a log group that {GREETING} owns, of its function, and that keeps lines for 7 days",
    hints=[
        "The reason in the events says it: something is there already, and the stack has not made it.",
        "DeleteLogGroup, then the same UpdateStack again.",
    ],
    half="""
lab.client("logs").delete_log_group(logGroupName=___)
cfn.update_stack(**{**greeting, "TemplateBody": ___}, Parameters=as_before, Capabilities=may)
settle("lab12-greeting")
""",
)
def own_the_log_group(lab: Connection) -> Check:
    """A log group is among the stack's resources, it is the function's, and has a retention of 7 days."""
    status = stacks.described(lab, GREETING)["StackStatus"]
    function = stacks.resources(lab, GREETING, "AWS::Lambda::Function")["HelloWorld"]
    owned = [*stacks.resources(lab, GREETING, "AWS::Logs::LogGroup").values()]
    wanted = f"/aws/lambda/{function}"
    group = queries.log_group(lab, wanted)
    days = group.get("retentionInDays") if group else None
    if not owned:
        kept = f"; one that it does not own keeps lines for {days} days" if days else ""
        return Check(False, f"no log group among its resources ({status}){kept}")
    if owned != [wanted]:
        return Check(False, f"the log group {owned[0]}, but its function writes to {wanted}")
    return Check(days == 7, f"{days or 'no'} days" if group else "it was deleted meanwhile")


@exercise(
    "12.4",
    "Let somebody hear of it",
    desired="an alarm that rolls back, and a message in lab12-told that says why",
    hints=[
        "An alarm may have five actions for a state. The first stays; a queue cannot be one, but what feeds it can.",
        "CreateTopic, Subscribe with the queue's ARN (its policy lets the topic send), then PutMetricAlarm again.",
    ],
    half="""
sns = lab.client("sns")
topic = sns.create_topic(Name="lab12-alarms")["TopicArn"]
statement = {"Effect": "Allow", "Principal": {"Service": ___}, "Action": ___, "Resource": ___,
             "Condition": {"ArnEquals": {"aws:SourceArn": topic}}}
policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
sqs.set_queue_attributes(QueueUrl=told, Attributes={"Policy": policy})
sns.subscribe(TopicArn=topic, Protocol=___, Endpoint=___)
cloudwatch.put_metric_alarm(**alarm, AlarmActions=[roll_back, ___])
""",
)
def let_somebody_hear(lab: Connection) -> Check:
    """With the alarm set off by the check, the alias loses its weights, and the queue has the check's own reason."""
    functions = lab.client("lambda")
    if (alarm := alarms.of_name(lab, "lab12-till-failures")) is None:
        return Check(False, "no alarm lab12-till-failures")
    actions = alarm["AlarmActions"]
    if not any(":function:lab12-roll-back" in action for action in actions):
        return Check(False, "an alarm that does not call lab12-roll-back any more: give all its actions in one call")
    if not any(":sns:" in action for action in actions):
        return Check(False, "an alarm that tells nobody: no topic is among its actions")
    live = {"FunctionName": TILL, "Name": "live"}
    right = functions.get_alias(**live)["FunctionVersion"]
    listed = pages.collect(functions, "list_versions_by_function", "Versions", FunctionName=TILL)
    wrong = max((one["Version"] for one in listed if one["Version"] not in ("$LATEST", right)), key=int, default="")
    if not wrong:
        return Check(False, f"no version of {TILL} but the one that is live: publish both (step 6)")
    functions.update_alias(**live, RoutingConfig={"AdditionalVersionWeights": {wrong: 0.1}})
    why = alarms.set_off(lab, "lab12-till-failures")

    def weights() -> object:
        return functions.get_alias(**live).get("RoutingConfig", {}).get("AdditionalVersionWeights")

    seconds = seconds_for(lab, 10, 60)
    if not until(lambda: not weights(), seconds):
        return Check(False, f"an alarm that set off nothing: version {wrong} still has its weight")
    came = until(lambda: any(why in text for text in messages.texts(lab, "lab12-told")), seconds)
    return Check(came, f"it rolled back, and {'said why' if came else 'no message came: may the topic send to it?'}")


@exercise(
    "12.5",
    "Let snippets be deleted",
    desired="204 for DELETE /snippets/{id} in both stages, and 404 afterwards; one template for both",
    hints=[
        "Three places: a branch in Front's code, an event in the template, a release of each stage.",
        "DeleteItem in the branch; an event Delete like Get, with Method: delete; build, then release twice.",
    ],
    half="""
sources["front"]["index.py"] = sources["front"]["index.py"].replace(
    '    if verb == "POST":', '    if verb == ___:\\n        table.delete_item(Key=___)\\n'
    '        return {"statusCode": ___}\\n    if verb == "POST":')
get = next(line for line in template.splitlines() if "Get: {" in line)
delete = get.replace("Get:", ___).replace("get}", ___)
template = template.replace(get, f"{get}\\n{delete}")
new = build(sources)
for stage in ("test", "prod"):
    release(stage, new, template)
""",
)
def let_snippets_be_deleted(lab: Connection) -> Check:
    """A random snippet is added, deleted and gone, in each stage, and both stages are made from one template."""
    for stack, stage in STAGES.items():
        url, title = f"{stacks.outputs(lab, stack)['Url']}/snippets", random_name()
        added = fetch("POST", url, {"title": title, "code": "print(1)"})
        if added.status != 201 or not isinstance(added.json, dict):
            return Check(False, f"{in_one_line(added)} for a new snippet in {stage}")
        one = f"{url}/{added.json['id']}"
        found = {verb: fetch(verb, one) for verb in ("GET", "DELETE")}
        if found["GET"].status != 200:
            return Check(False, f"{in_one_line(found['GET'])} for GET of a snippet that is there, in {stage}")
        if found["DELETE"].status != 204:
            return Check(False, f"{in_one_line(found['DELETE'])} for DELETE in {stage}")
        if (after := fetch("GET", one)).status != 404:
            return Check(False, f"{in_one_line(after)} for GET after DELETE in {stage}: it is still there")
    one_template = len({stacks.template(lab, stack) for stack in STAGES}) == 1
    return Check(one_template, f"204, then 404, {'from one template' if one_template else 'but from two templates'}")


@exercise(
    "12.6",
    "Leave nothing",
    desired="both stages deleted, and nothing of the snippet service left",
    hints=[
        "The second stage goes as the first did. What belongs to no stack: packages, layer, tables, log groups.",
        "DeleteTable, DeleteLogGroup, DeleteBucket (once it is empty), and DeleteLayerVersion for each version.",
    ],
    half="""
empty(stages[___]["Bucket"])
tear_down(___)
for table in dynamodb.list_tables()["TableNames"]:
    if table.startswith(___):
        ___
for group in log_groups(___):
    ___
empty(packages)
___
for version in lambda_client.list_layer_versions(LayerName="lab12-pillow")["LayerVersions"]:
    ___
left()
""",
)
def leave_nothing(lab: Connection) -> Check:
    """Both stacks have been, and are gone with all that is named after the service."""
    missing = " and ".join(stack for stack in STAGES if not stacks.was_deleted(lab, stack))
    there = cleanup.remove(lab.client, ABOUT.owns, dry_run=True)
    left = {kind: [name for name in names if any(part in name for part in CAPSTONE)] for kind, names in there.items()}
    left = {kind: names for kind, names in left.items() if names}
    if stacks_left := left.get("stacks"):
        return Check(False, f"still there: the stack{'s' * (len(stacks_left) > 1)} {' and '.join(stacks_left)}")
    if left:
        return Check(False, f"still there: {cleanup.in_words(left)}")
    return Check(not missing, f"never deployed: {missing}" if missing else "nothing")
