"""The states of alarms over time, from their history."""

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from helpers.widgets import alarm_states
from helpers.widgets.alarm_states import AlarmStates, State

BEGAN = datetime(2026, 11, 29, 10, tzinfo=UTC)


def item(seconds, kind, summary="", state="", reason=""):
    data = json.dumps({"newState": {"stateValue": state, "stateReason": reason}})
    moment = BEGAN + timedelta(seconds=seconds)
    return {"Timestamp": moment, "HistoryItemType": kind, "HistorySummary": summary, "HistoryData": data}


HISTORY = [
    item(0, "ConfigurationUpdate", 'Alarm "slow" created'),
    item(1, "StateUpdate", state="ALARM"),
    item(5, "ConfigurationUpdate", 'Alarm "slow" created'),  # after it had been deleted
    item(6, "StateUpdate", state="OK", reason="nothing <was> slow"),
    item(7, "Action", "Successfully executed action"),
    item(8, "ConfigurationUpdate", 'Alarm "slow" updated'),
    item(16, "StateUpdate", state="ALARM", reason="0.3 was greater"),
]


def lab(items):
    paginator = SimpleNamespace(paginate=lambda **asked: [{"AlarmHistoryItems": items}])
    api = SimpleNamespace(get_paginator=lambda operation: paginator, can_paginate=lambda operation: True)
    return SimpleNamespace(client=lambda service: api)


def test_the_states_are_those_since_the_alarm_was_made_the_last_time():
    found = alarm_states(lab(HISTORY), "slow")
    assert repr(found) == "slow: INSUFFICIENT_DATA, OK, ALARM"
    assert [state.since - BEGAN.timestamp() for state in found.alarms["slow"]] == [5, 6, 16]


def test_a_bar_is_as_long_as_its_state_and_says_why():
    states = [State("OK", 100, "nothing <was> slow"), State("ALARM", 110)]
    drawn = AlarmStates({"slow": states}, 120).svg()
    assert drawn.count("<rect ") == 4  # with the legend
    assert 'width="270.0" height="20" rx="2" fill="#2e7d32"' in drawn
    assert 'width="270.0" height="20" rx="2" fill="#c0392b"' in drawn
    assert "nothing &lt;was&gt; slow" in drawn
    assert "<title>States of alarms over time: slow: OK, ALARM</title>" in drawn


def test_an_alarm_that_does_not_exist_has_no_states():
    assert alarm_states(lab([]), "nobody")._repr_html_() == "<p>no alarms</p>"
