"""Lab 11, What it costs: exercises. Checks invent a workload and ask the learner's functions for its cost."""

import random

from helpers.backend.session import Connection
from helpers.cleanup.owns import Owns
from helpers.cost.workload import Workload
from helpers.exercises.about import About
from helpers.exercises.checks import Check, exercise
from helpers.exercises.evidence import costs, queries
from helpers.exercises.evidence.answers import invoke, logged, random_name, reported
from helpers.exercises.evidence.waiting import seconds_for

ABOUT = About(
    title="What it costs",
    you_will="follow the money from a REPORT line to a monthly bill",
    minutes=45,
    builds_on=("08",),
    place=(4, 1),
    owns=Owns(functions=("lab11-*",), roles=("lab11-*",)),
)
LOG_KB = 1  # of an order that is shipped, with Lambda's own lines
DAYS = 30
WASTE = 2  # times what was used
PUBLISHED = Workload(10_000_000, 250, 512, free_tier=False)  # for USD 41.68, by mistake


@exercise(
    "11.1",
    "Weigh one invocation",
    desired="the GB-seconds of REPORT lines that the check makes up",
    hints=[
        "A second is 1,000 ms, a GB is 1,024 MB.",
        "UpdateFunctionCode, which deploy calls, with billed / 1000 * memory / 1024 in place of 0.",
    ],
    half="""
weighed_py = weigh_py.replace("return 0", "return billed / ___ * memory / ___")
deploy(lab, "lab11-weigh", {"index.py": weighed_py}, **python)
""",
)
def weigh_one_invocation(lab: Connection) -> Check:
    """`lab11-weigh` returns GB-seconds for the REPORT line of a cold and of a warm start."""
    for report in (costs.report_of(100, 128, 40), costs.random_report(cold=False), costs.random_report(cold=True)):
        answer = invoke(lab, "lab11-weigh", {"report": report.line})
        found = f"{answer} for {report.billed_ms:,} ms at {report.memory_mb:,} MB"
        if not costs.is_number(answer, report.gb_seconds):
            return Check(False, found + costs.near(answer, report.mistakes))
    return Check(True, found)


@exercise(
    "11.2",
    "Mend the published bill",
    desired="the USD that AWS would bill, for workloads that the check makes up",
    hints=[
        "What has a GB-second that a second has not? Then look for the lines of the first bill that are missing here.",
        "UpdateFunctionCode with seconds * memory_mb / 1024, and 0.20 for a million requests. With free_tier, take "
        "400,000 GB-s and 1,000,000 requests off, never below 0.",
    ],
    half='''
mended_py = """
def handler(event, context):
    gb_seconds = event["requests"] * event["billed_ms"] / 1000 * ___
    million = event["requests"] / 1_000_000
    if event["free_tier"]:
        gb_seconds, million = max(gb_seconds - ___, 0), max(million - ___, 0)
    return round(gb_seconds * 0.0000166667 + million * ___, 2)
"""
deploy(lab, "lab11-published", {"index.py": mended_py}, **python)
''',
)
def mend_the_published_bill(lab: Connection) -> Check:
    """`lab11-published` bills as AWS does: without and with the free tier, and what stays within it."""
    for workload in (PUBLISHED, *costs.random_workloads()):
        fields = {name: getattr(workload, name) for name in ("requests", "billed_ms", "memory_mb", "free_tier")}
        answer = invoke(lab, "lab11-published", fields)
        found = f"{answer} for {workload!r}"
        if not costs.is_number(answer, workload.bill.total, cents=True):
            return Check(False, found + costs.near(answer, costs.billing_mistakes(workload)))
    return Check(True, found)


@exercise(
    "11.3",
    "Quiet the shop",
    desired=f"at most {LOG_KB} kB of log for an order that is shipped, the error of one that is not, "
    f"and logs kept for {DAYS} days at most",
    hints=[
        "The code has levels, and reads from the environment from which one on it logs.",
        'UpdateFunctionConfiguration with LOG_LEVEL "ERROR"; PutRetentionPolicy on /aws/lambda/lab11-shop.',
    ],
    half="""
configure("lab11-shop", Environment={"Variables": {___: "ERROR"}})
lab.client("logs").put_retention_policy(logGroupName=___, retentionInDays=___)
""",
)
def quiet_the_shop(lab: Connection) -> Check:
    """`lab11-shop` logs little of what goes well, still all that goes wrong, and not for ever."""
    group = "/aws/lambda/lab11-shop"
    before, name = costs.log_kb(lab, group), random_name()
    orders = 3
    for number in range(orders):
        answer = invoke(lab, "lab11-shop", {"order": f"{name}-{number}", "stock": 1})
        if answer.error or not isinstance(answer.payload, dict) or answer.payload.get("shipped") is not True:
            return Check(False, f"{answer} for an order with stock: it is to be shipped, as before")
    invoke(lab, "lab11-shop", {"order": f"{name}-none", "stock": 0})
    error = logged(lab, "lab11-shop", lambda line: f"{name}-none" in line, seconds=seconds_for(lab, 3, 30))
    each = (costs.log_kb(lab, group) - before) / (orders + 1)
    if each > LOG_KB:
        return Check(False, f"{each:.0f} kB of log for each order")
    if not error:
        return Check(False, "no line about an order that was not shipped: nobody would hear of it")
    days = (queries.log_group(lab, group) or {}).get("retentionInDays")
    if days is None or days > DAYS:
        return Check(False, f"{each:.1f} kB of log for each order, kept {f'{days} days' if days else 'for ever'}")
    return Check(True, f"{each:.1f} kB of log for each order, errors among it, kept {days} day{'s' * (days != 1)}")


@exercise(
    "11.4",
    "Find the break-even",
    desired="the requests a month at which Lambda, with its free tier, costs as much as a server, for servers and "
    "workloads that the check makes up",
    hints=[
        "The bill only grows with the requests. So try a number in the middle: too cheap, or too dear?",
        "CreateFunction, by deploy. Write the bill as in 11.2, then halve the interval from 0 to 10**12 until it is "
        "one request.",
    ],
    half='''
break_even_py = """
def usd(requests, event):
    gb_seconds = requests * event["billed_ms"] / 1000 * event["memory_mb"] / 1024
    return max(gb_seconds - 400_000, 0) * 0.0000166667 + max(requests / 1e6 - 1, 0) * 0.20


def handler(event, context):
    low, high = 0, 10**12
    while high - low > 1:
        middle = (low + high) // 2
        if usd(middle, event) < ___:
            low = ___
        else:
            high = ___
    return high
"""
deploy(lab, "lab11-break-even", {"index.py": break_even_py}, **python)
''',
)
def find_the_break_even(lab: Connection) -> Check:
    """`lab11-break-even` returns requests a month, for a small function and for a large one."""
    for billed_ms, memory_mb in ((random.randint(5, 30), 128), (random.randint(300, 900), 1024)):
        usd = random.randint(900, 20_000) / 100
        answer = invoke(lab, "lab11-break-even", {"billed_ms": billed_ms, "memory_mb": memory_mb, "server_usd": usd})
        found = f"{answer} for {billed_ms} ms at {memory_mb:,} MB and a server of USD {usd:.2f}"
        if not costs.is_number(answer, costs.break_even(usd, billed_ms, memory_mb)):
            return Check(False, found + costs.near(answer, costs.break_even_mistakes(usd, billed_ms, memory_mb)))
    return Check(True, found)


@exercise(
    "11.5",
    "Give it what it needs",
    desired=f"lab11-thumbnails answering, with at most {WASTE} times the memory that it uses",
    hints=[
        "Its REPORT line says what it has, and what it used. Leave some room: pictures differ.",
        "UpdateFunctionConfiguration with MemorySize, from Max Memory Used.",
    ],
    half="""
configure("lab11-thumbnails", MemorySize=2048)
used = call("lab11-thumbnails", {})[1].___
configure("lab11-thumbnails", MemorySize=round(___ * used))
""",
)
def give_it_what_it_needs(lab: Connection) -> Check:
    """`lab11-thumbnails` succeeds, and its REPORT says that it uses half of its memory or more."""
    answer, report = reported(lab, "lab11-thumbnails", {})
    if answer.error:
        return Check(False, f"{answer} with {report.memory_mb:,} MB: too little")
    found = f"{report.max_memory_mb:,} of {report.memory_mb:,} MB used"
    if not isinstance(answer.payload, dict) or answer.payload.get("thumbnails") != 1:
        return Check(False, f"{answer}, not its own answer: only its memory is to change")
    return Check(report.memory_mb <= WASTE * report.max_memory_mb, found)
