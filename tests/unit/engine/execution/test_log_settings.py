"""Which of its own messages a function's log shows."""

import pytest

from helpers.engine.execution.log_records import Record
from helpers.engine.execution.log_settings import LogSettings

STAMP = '"timestamp": "2026-11-02T16:51:31.587Z"'


# AWS Lambda Developer Guide, "Log-level filtering" (2026-11): the levels, and what a line must have to have one.
@pytest.mark.parametrize(
    ("level", "text", "shown_at"),
    [
        ("DEBUG", "a logger's", "TRACE DEBUG"),
        ("WARN", "a logger's", "TRACE DEBUG INFO WARN"),
        ("FATAL", "console.fatal", "TRACE DEBUG INFO WARN ERROR FATAL"),
        ("", "a line of print", "TRACE DEBUG INFO"),
        ("", f'{{"level": "debug", {STAMP}}}', "TRACE DEBUG"),
        ("", f'{{"level": "WARNING", {STAMP}}}', "TRACE DEBUG INFO WARN"),
        ("", '{"level": "debug"}', "TRACE DEBUG INFO"),
        ("", '{"level": "debug", "timestamp": "yesterday"}', "TRACE DEBUG INFO"),
        ("", '{"level": "debug", "timestamp": 5}', "TRACE DEBUG INFO"),
        ("", f'{{"level": "loud", {STAMP}}}', "TRACE DEBUG INFO"),
        ("", f'{{"level": null, {STAMP}}}', "TRACE DEBUG INFO"),
        ("", "{not JSON", "TRACE DEBUG INFO"),
        ("", "[1]", "TRACE DEBUG INFO"),
    ],
)
def test_a_message_is_shown_at(level, text, shown_at):
    record = Record(0, text, level)
    levels = ("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL")
    assert [one for one in levels if LogSettings(True, one).shows(record)] == shown_at.split()
    assert LogSettings(False, "FATAL").shows(record)
