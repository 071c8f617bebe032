"""The night of lab 10: orders, a release with a fault, orders."""

import io
import json
import zipfile

import pytest

from helpers.exercises import last_night


class Lambda:
    """A lab whose payments can be released; what is released, and when, is noted."""

    def __init__(self, alias="1"):
        self.alias, self.code, self.orders, self.done = alias, "", [], []
        self.exceptions = self

    def client(self, service):
        return self

    def get_alias(self, **named):
        if self.alias is None:
            raise LookupError("no alias")
        return {"FunctionVersion": self.alias}

    def get_waiter(self, name):
        return self

    def wait(self, **asked):
        pass

    def update_function_code(self, FunctionName, ZipFile):  # noqa: N803 (AWS's spelling)
        self.code = zipfile.ZipFile(io.BytesIO(ZipFile)).read("index.py").decode()

    def publish_version(self, FunctionName):  # noqa: N803
        return {"Version": "2"}

    def update_alias(self, FunctionName, Name, FunctionVersion):  # noqa: N803
        self.alias = FunctionVersion

    def invoke(self, FunctionName, Payload):  # noqa: N803
        assert FunctionName == "lab10-orders"
        self.orders.append((self.alias, json.loads(json.loads(Payload)["body"])))
        return {"Payload": io.BytesIO(b"{}")}


def handler(code):
    scope = {}
    exec(code.replace("time.sleep(0.15)", "pass"), scope)
    return scope["handler"]


def test_the_release_comes_between_orders_of_every_country(capsys):
    lab = Lambda()
    last_night.spend(lab)
    assert capsys.readouterr().out == "80 orders came last night, and there was a release.\n"
    for version in ("1", "2"):
        served = [order for alias, order in lab.orders if alias == version]
        paying = [order for order in served if order["pin"] == "1234"]
        assert len(paying) == 40 and {order["country"] for order in paying} == set(last_night.COUNTRIES)
        assert all(order["amount"] <= 900 for order in paying)
        assert {order["user"] for order in served if order not in paying} == {"mallory"}


def test_the_release_fails_for_one_country_which_its_code_does_not_name(capsys):
    lab = Lambda()
    last_night.spend(lab, choose=lambda countries: countries[3])
    pay = handler(lab.code)
    for country in last_night.COUNTRIES:
        assert f'"{country}"' not in lab.code
        event = {"order": 1, "country": country, "amount": 950}
        if country == last_night.COUNTRIES[3]:
            with pytest.raises(ConnectionError, match="no answer from the bank"):
                pay(event, None)
        else:
            assert (pay(event, None), pay(event | {"amount": 5}, None)) == ({"paid": False}, {"paid": True})


def test_without_an_alias_nothing_is_released():
    lab = Lambda(alias=None)
    with pytest.raises(LookupError):
        last_night.spend(lab)
    assert (lab.code, lab.orders) == ("", [])
