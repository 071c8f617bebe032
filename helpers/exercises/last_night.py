"""The night that lab 10 ends with: a release of the payments that has a fault, and orders. Not to be read before 10.5.

    last_night.spend(lab)

The fault is another one each time: which country's customers cannot pay is drawn by lot, and the code has
its hash only.
"""

import hashlib
import json
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from helpers.backend.lab_like import LabLike
from helpers.deployment import WAIT, zip_code

FUNCTION, ALIAS = "lab10-payments", "live"
COUNTRIES = ("SE", "NO", "DE", "JP", "FR", "PT", "BR", "IN", "ZA", "NZ")
ORDERS, AT_ONCE = 40, 4  # before the release, and after it
BURGLAR = 12  # wrong PINs, which have nothing to do with it
CODE = """
import hashlib, json, logging, time

log = logging.getLogger("payments")
OLD_BANK = "{digest}"


def measured(bank, ms):
    metric = {{"Name": "BankTime", "Unit": "Milliseconds", "StorageResolution": 1}}
    about = {{"Namespace": "Lab10", "Dimensions": [[], ["bank"]], "Metrics": [metric]}}
    aws = {{"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [about]}}
    print(json.dumps({{"_aws": aws, "bank": bank, "BankTime": ms}}))


def handler(event, context):
    began = time.time()
    about = {{key: event[key] for key in ("order", "country", "amount")}}
    bank = f"bank-{{event['order'] % 2}}"
    log.debug("asking %s", bank, extra=about)
    if hashlib.sha256(event["country"].encode()).hexdigest() == OLD_BANK:
        time.sleep(0.15)
        raise ConnectionError("no answer from the bank")
    time.sleep(0.005)
    measured(bank, round((time.time() - began) * 1000))
    if event["amount"] > 900:
        log.warning("payment refused", extra=about)
        return {{"paid": False}}
    log.info("charged %s at %s", event["amount"], bank, extra=about)
    return {{"paid": True}}
"""


def spend(lab: LabLike, *, choose: Callable[[tuple[str, ...]], str] = secrets.choice) -> None:
    """Let the night pass: orders, a release at midnight, more orders; say so in a line.

    Raises: what AWS answers, ResourceNotFoundException if there are no payments, or no alias `live`.
    """
    api = lab.client("lambda")
    api.get_alias(FunctionName=FUNCTION, Name=ALIAS)
    _send(api, range(1001, 1001 + ORDERS))
    _release(api, choose(COUNTRIES))
    _send(api, range(2001, 2001 + ORDERS))
    print(f"{2 * ORDERS} orders came last night, and there was a release.")


def _release(api: Any, country: str) -> None:
    code = CODE.format(digest=hashlib.sha256(country.encode()).hexdigest())
    api.update_function_code(FunctionName=FUNCTION, ZipFile=zip_code({"index.py": code}))
    api.get_waiter("function_updated_v2").wait(FunctionName=FUNCTION, WaiterConfig=WAIT)
    version = api.publish_version(FunctionName=FUNCTION)["Version"]
    api.update_alias(FunctionName=FUNCTION, Name=ALIAS, FunctionVersion=version)


def _send(api: Any, numbers: range) -> None:
    orders = [
        {
            "order": number,
            "country": COUNTRIES[number % len(COUNTRIES)],
            "amount": number * 37 % 900,
            "user": f"user-{number}",
            "pin": "1234",
        }
        for number in numbers
    ]
    orders += [orders[0] | {"user": "mallory", "pin": f"{pin:04}"} for pin in range(BURGLAR // 2)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda order: _order(api, order), orders))


def _order(api: Any, order: dict[str, Any]) -> None:
    payload = json.dumps({"body": json.dumps(order)})
    api.invoke(FunctionName="lab10-orders", Payload=payload)["Payload"].read()
