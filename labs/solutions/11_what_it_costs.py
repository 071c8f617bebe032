"""Lab 11, explained solutions. Each block goes into the empty cell of its exercise: names come from the notebook."""
# ruff: noqa: F821

# %% 11.1 Weigh one invocation
# Milliseconds to seconds, megabytes to gigabytes of 1,024 MB: a price per GB-second fits nothing else.
weighed_py = weigh_py.replace("return 0", "return billed / 1000 * memory / 1024")
deploy(lab, "lab11-weigh", {"index.py": weighed_py}, **python)

# %% 11.2 Mend the published bill
# What was published multiplied seconds, not GB-seconds, and left the requests out. The free tier comes off the
# quantities, before the price, and each part of it only from its own: free GB-seconds pay for no request.
mended_py = """
def handler(event, context):
    gb_seconds = event["requests"] * event["billed_ms"] / 1000 * event["memory_mb"] / 1024
    million = event["requests"] / 1_000_000
    if event["free_tier"]:
        gb_seconds, million = max(gb_seconds - 400_000, 0), max(million - 1, 0)
    return round(gb_seconds * 0.0000166667 + million * 0.20, 2)
"""
deploy(lab, "lab11-published", {"index.py": mended_py}, **python)

# %% 11.3 Quiet the shop
# The steps are logged with `debug`, the failure with `error`: from ERROR on, the first are never written. The rest is
# what Lambda writes itself. (With `LoggingConfig={"LogFormat": "JSON", "SystemLogLevel": "WARN"}` it writes less, but
# then a success leaves no REPORT line.) Retention counts for the log group, whoever writes to it.
configure("lab11-shop", Environment={"Variables": {"LOG_LEVEL": "ERROR"}})
lab.client("logs").put_retention_policy(logGroupName="/aws/lambda/lab11-shop", retentionInDays=14)

# %% 11.4 Find the break-even
# The bill grows with the requests, so one question, "too cheap?", halves the interval: 40 times are enough for 10**12.
# A formula would need three cases: within the free tier, beyond one part of it, beyond both.
break_even_py = """
def usd(requests, event):
    gb_seconds = requests * event["billed_ms"] / 1000 * event["memory_mb"] / 1024
    return max(gb_seconds - 400_000, 0) * 0.0000166667 + max(requests / 1e6 - 1, 0) * 0.20


def handler(event, context):
    low, high = 0, 10**12
    while high - low > 1:
        middle = (low + high) // 2
        if usd(middle, event) < event["server_usd"]:
            low = middle
        else:
            high = middle
    return high
"""
deploy(lab, "lab11-break-even", {"index.py": break_even_py}, **python)

# %% 11.5 Give it what it needs
# Measure with plenty, then keep a third more than it used: another picture may be larger. What is killed says little:
# it used all it had.
configure("lab11-thumbnails", MemorySize=2048)
answer, report = call("lab11-thumbnails", {})
configure("lab11-thumbnails", MemorySize=round(1.33 * report.max_memory_mb))

# %% On your own 1: Two prices mistaken for each other
# That is the price of running in a provisioned environment. Keeping one costs less than half of it: USD 54.75, not
# 127.75. Running comes on top.
kept_gb_seconds = 10 * 0.5 * 730 * 3600
print(f"as published: USD {kept_gb_seconds * 0.0000097222:.2f}")
print(f"kept ready:   USD {kept_gb_seconds * 0.0000041667:.2f}")

# %% On your own 2: Text against JSON
# The same facts in more words: START, END and REPORT become platform.start and platform.report with all their fields.
# Whoever searches by field may think that worth it. The old lines are still there: the new ones begin with a brace.
configure("lab11-hello", LoggingConfig={"LogFormat": "JSON"})
for _ in range(3):
    call("lab11-hello", {})
both = logs.fetch(lab, "lab11-hello", reports=6, init_start=True)
in_json = [line for line in both if line.startswith("{")]
json_kb = sum(len(line.encode()) for line in in_json) / 1024 / 3
print(f"in text {log_kb(hello_log):.2f} kB a request, in JSON {json_kb:.2f} kB")

# %% On your own 3: Your own application
# Durations from REPORT lines or from the metric Duration, requests from the metric Invocations, both in CloudWatch.
# `flame` takes any number of bills, by name.
mine = Workload(
    requests=2_000_000, billed_ms=80, memory_mb=512, front_door="HTTP API", response_kb=20, log_kb=1
)
flame({"my function": mine.bill})
