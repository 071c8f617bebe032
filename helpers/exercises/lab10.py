"""Lab 10, Observe: exercises. Checks read log lines, queries, metrics and alarms of what they do themselves."""

import json
import random

from helpers.backend import pages
from helpers.backend.session import Connection
from helpers.cleanup.owns import Owns
from helpers.errors import NotThereError
from helpers.exercises.about import About
from helpers.exercises.checks import Check, exercise
from helpers.exercises.evidence import alarms, payments, queries
from helpers.exercises.evidence.answers import invoke, random_name
from helpers.exercises.evidence.waiting import seconds_for
from helpers.exercises.last_night import COUNTRIES
from helpers.exercises.near_misses import near_miss

ABOUT = About(
    title="Observe",
    you_will="logs, metrics, alarms, traces: what happened last night",
    minutes=45,
    builds_on=("06",),
    place=(4, 3),
    owns=Owns(
        functions=("lab10-*",),
        layers=("lab10-*",),
        roles=("lab10-*",),
        log_groups=("/lab10/*",),
        topics=("lab10-*",),
        queues=("lab10-*",),
        tables=("lab10-*",),
        rest_apis=("lab10-*",),
        alarms=("lab10-*",),
        dashboards=("lab10-*",),
    ),
    needs=("lambda", "iam", "dynamodb"),
)
SHOP, PAYMENTS = "/lab10/shop", payments.PAYMENTS
P95 = {
    "Namespace": "AWS/Lambda",
    "MetricName": "Duration",
    "Dimensions": [{"Name": "FunctionName", "Value": PAYMENTS}],
    "ExtendedStatistic": "p95",
    "Period": 60,
    "EvaluationPeriods": 3,
    "Threshold": 100,
    "ComparisonOperator": "GreaterThanThreshold",
}


@exercise(
    "10.1",
    "Let payments say more",
    desired="the debug line of a payment that the check makes, as JSON, in /lab10/shop",
    hints=[
        "What did the cell before do for lab10-orders?",
        "UpdateFunctionConfiguration with LoggingConfig; set_logging keeps the format and the group.",
    ],
    half='set_logging("lab10-payments", ___="DEBUG")',
)
def let_payments_say_more(lab: Connection) -> Check:
    """The payments' `$LATEST` writes a debug line with the order that the check makes up."""
    settings = lab.client("lambda").get_function_configuration(FunctionName=PAYMENTS)["LoggingConfig"]
    if settings.get("LogFormat") != "JSON":
        return Check(False, f"the format {settings.get('LogFormat')}, which knows no levels")
    if settings.get("LogGroup") != SHOP:
        return Check(False, f"its log in {settings.get('LogGroup')}")
    if (level := settings.get("ApplicationLogLevel")) not in ("DEBUG", "TRACE"):
        return Check(False, f"the level {level}")
    number = payments.order_number()
    answer = invoke(lab, PAYMENTS, {"order": number, "country": random_name(), "amount": 5})
    if answer.error:
        return Check(False, f"{answer} to an order")
    levels = queries.levels(lab, SHOP, number, seconds=seconds_for(lab, 5, 60))
    found = "a payment's debug line" if "DEBUG" in levels else f"lines at {' and '.join(levels) or 'no level'} only"
    return Check("DEBUG" in levels, found)


@exercise(
    "10.2",
    "Ask where the money comes from",
    desired="a query that gives, of a log that the check makes up, each country and the sum of its orders, largest "
    "first",
    hints=[
        "Keep the lines that count, then let stats add up by country, then sort.",
        'StartQuery, or explorer.query(…): filter message = "order received" | stats sum(amount) as … by … | sort …',
    ],
    half="""
explorer.query('filter message = ___ | stats sum(___) as money by ___ | sort ___ desc')
""",
)
def ask_where_the_money_comes_from(lab: Connection) -> Check:
    """One of the latest queries on the shop's log gives the right sums of lines that nobody has seen, in order."""
    asked = [query for query in queries.latest(lab, SHOP) if "country" in query and "amount" in query]
    if not asked:
        return Check(False, "no query yet with amount and country in it")
    lines, expected = queries.made_up_orders()
    answers = [queries.sums(rows) for rows in queries.run_all(lab, asked, lines)]
    if expected in answers:
        return Check(True, "a query that does")
    latest = answers[0]
    if sorted(latest) == sorted(expected):
        return Check(False, "the right sums, but not the largest first")
    if {country for country, _ in latest} != {country for country, _ in expected}:
        return Check(False, f"{len(latest)} rows with a country and a sum, of {len(expected)} countries")
    more = sum(total for _, total in latest) > sum(total for _, total in expected)
    return Check(False, f"sums that are too {'large: not every line is an order' if more else 'small'}")


@exercise(
    "10.3",
    "Add up what was refused",
    desired="a metric Refused in Lab10 that has, by country, the sum of the amounts which the check has refused",
    hints=[
        "The pattern chooses the lines; the transformation says what each is worth, and by what it is told apart.",
        'PutMetricFilter: metricValue "$.amount", and dimensions {"country": "$.country"}.',
    ],
    half="""
refused = {"metricNamespace": "Lab10", "metricName": "Refused", "metricValue": ___, "dimensions": {"country": ___}}
logs_client.put_metric_filter(
    logGroupName=shop, filterName="refused", filterPattern='{ $.message = ___ }', metricTransformations=[refused]
)
""",
)
def add_up_what_was_refused(lab: Connection) -> Check:
    """Payments refused in a country that nobody has heard of are added up under that country."""
    filters = pages.collect(lab.client("logs"), "describe_metric_filters", "metricFilters", logGroupName=SHOP)
    names = [made["metricName"] for one in filters for made in one["metricTransformations"]]
    if "Refused" not in names:
        return Check(False, near_miss("metric", "Refused", names) or "no metric filter for Refused")
    country, amounts = random_name(), [random.randrange(1000, 9000) for _ in range(3)]
    for amount in (*amounts, 5):  # the last is charged, and does not count
        invoke(lab, PAYMENTS, {"order": payments.order_number(), "country": country, "amount": amount})
    seconds = seconds_for(lab, 8, 120)
    total = payments.summed(lab, "Refused", {"country": country}, sum(amounts), seconds=seconds)
    if total is None:
        return Check(False, "no value of Refused with the dimension country")
    if total == len(amounts):
        return Check(False, "the number of refused payments, not their amounts")
    return Check(total == sum(amounts), "their sum" if total == sum(amounts) else "another sum")


@exercise(
    "10.4",
    "Watch what most customers feel",
    desired="an alarm lab10-payments-p95 on Duration of lab10-payments: p95 above 100 ms in three periods of 60 s, "
    "which the pager hears",
    hints=[
        "Take the first alarm as a pattern. Its metric, its statistic and its periods are others.",
        'PutMetricAlarm: ExtendedStatistic="p95" takes the place of Statistic; EvaluationPeriods counts.',
    ],
    half="""
cloudwatch.put_metric_alarm(
    AlarmName="lab10-payments-p95", Namespace="AWS/Lambda", MetricName=___,
    Dimensions=[{"Name": "FunctionName", "Value": ___}],
    ___="p95", Period=60, Threshold=___, **(over | {"EvaluationPeriods": ___}),
)
""",
)
def watch_what_most_customers_feel(lab: Connection) -> Check:
    """The alarm is set as the goal says, and when it goes into ALARM the queue hears of it."""
    alarm = alarms.of_name(lab, "lab10-payments-p95")
    if alarm is None:
        found = pages.collect(lab.client("cloudwatch"), "describe_alarms", "MetricAlarms")
        near = near_miss("alarm", "lab10-payments-p95", [one["AlarmName"] for one in found])
        return Check(False, near or "no such alarm")
    if wrong := alarms.difference(alarm, P95):
        return Check(False, f"an alarm with {wrong}")
    if alarm.get("DatapointsToAlarm", 3) != 3:
        return Check(False, f"an alarm that rings after {alarm['DatapointsToAlarm']} of 3 periods")
    heard = alarms.is_heard(lab, "lab10-payments-p95", "lab10-pager", seconds=seconds_for(lab, 8, 30))
    return Check(heard, "the pager hears it" if heard else "the right alarm, but no message in lab10-pager")


@exercise(
    "10.5",
    "Find it, and end it",
    desired="an alias live whose versions charge customers of every country, and a tag fault on lab10-payments that "
    "names the country which could not pay",
    hints=[
        'First who: count "payment failed" by country. Then since when: platform.start says which version ran.',
        "Insights for both, then UpdateAlias to the version before the release, and TagResource on payments_arn.",
    ],
    half="""
night.query('filter message = "payment failed" | stats count(*) as failures by ___')
night.query('filter type = "platform.start" and @logStream like "payments" | stats count(*) by ___')
lambda_client.update_alias(FunctionName="lab10-payments", Name="live", FunctionVersion=___)
lambda_client.tag_resource(Resource=payments_arn, Tags={"fault": ___})
""",
)
def find_it_and_end_it(lab: Connection) -> Check:
    """What `live` points at charges everybody; the tag names the country for which another version fails."""
    api = lab.client("lambda")
    alias = api.get_alias(FunctionName=PAYMENTS, Name="live")
    weights = alias.get("RoutingConfig", {}).get("AdditionalVersionWeights", {})
    live = {alias["FunctionVersion"], *(version for version, weight in weights.items() if weight)}
    failing = {version: payments.unpaid(lab, version, COUNTRIES) for version in {*payments.versions(lab), *live}}
    if not any(failing.values()):
        raise NotThereError("No version has a fault: run the cell with last_night.")
    if unpaid := {country for version in live for country in failing[version]}:
        return Check(False, f"live failing in {len(unpaid)} of {len(COUNTRIES)} countries")
    arn = api.get_function_configuration(FunctionName=PAYMENTS)["FunctionArn"]
    tags = api.list_tags(Resource=arn)["Tags"]
    if "fault" not in tags:
        return Check(False, near_miss("tag", "fault", tags) or "everybody charged, but no tag fault")
    culprits = {country for countries in failing.values() for country in countries}
    if tags["fault"] in culprits:
        return Check(True, "everybody is charged, and the fault is on record")
    return Check(False, f"everybody charged, and the tag {tags['fault']}, whose payments went well")


@exercise(
    "10.6",
    "Count the money, too",
    desired="lab10-with-powertools publishing in Lab10, with the dimension service, a metric Money: the amounts that "
    "it has charged, each once",
    hints=[
        "Where the function counts what was charged, it knows the amount.",
        'metrics.add_metric(name="Money", unit="Count", value=…) in charge, then UpdateFunctionCode.',
    ],
    half="""
line = '    metrics.add_metric(name=___, unit="Count", value=___)\\n'
count = "    metrics.add_metric("
counting = with_powertools_py.replace(count, line + count, 1)
deploy(lab, "lab10-with-powertools", {"index.py": counting}, Layers=[powertools],
       Environment={"Variables": charge["lab10-with-powertools"]}, **plain)
""",
)
def count_the_money_too(lab: Connection) -> Check:
    """A batch with a duplicate and a refusal adds to `Money` what was charged, once; only the refusal comes back."""
    dimensions = {"service": "charge"}
    before = {name: payments.summed(lab, name, dimensions, seconds=0) or 0 for name in ("Money", "Charged")}
    first, second, dear = (payments.order_number() for _ in range(3))
    amounts = {first: random.randrange(100, 400), second: random.randrange(400, 800), dear: 950}
    records = [
        {"messageId": f"m{place}", "body": json.dumps({"order": number, "amount": amounts[number]})}
        for place, number in enumerate((first, second, first, dear))
    ]
    answer = invoke(lab, "lab10-with-powertools", {"Records": records})
    if answer.error or answer.payload != {"batchItemFailures": [{"itemIdentifier": "m3"}]}:
        return Check(False, f"{answer} to a batch in which the fourth message is refused")
    # They come together, in one line.
    payments.summed(lab, "Charged", dimensions, before["Charged"] + 2, seconds=seconds_for(lab, 8, 120))
    money = (payments.summed(lab, "Money", dimensions, seconds=0) or 0) - before["Money"]
    if not money:
        return Check(False, "no Money for what the check had charged")
    right = money == amounts[first] + amounts[second]
    return Check(right, "each amount once" if right else "another sum than was charged")
