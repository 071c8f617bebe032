# Waits for as many seconds as its event says, then answers. Without paper it fails.
import os
import time


def handler(event, context):
    if os.environ.get("PAPER") == "empty":
        raise RuntimeError("out of paper")
    seconds = event.get("waitingPeriodSeconds", 0)
    time.sleep(seconds)
    return {"waited": seconds}
