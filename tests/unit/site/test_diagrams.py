"""Diagrams of the labs: each has its picture, and words for those who cannot see it."""

import diagrams
import draw
import pytest
import stage

FLOW = """flowchart LR
    you(["you"]) -- "GET /hello" --> api
    subgraph api["REST API"]
        stage["stage<br>test"] --> method["method,<br>ANY"]
    end
    method -. "event" .-> log[("log group")]
"""


def test_every_diagram_of_the_labs_has_its_picture_and_no_picture_is_left_over():
    wanted = {diagrams.name(source) for lab in stage.NOTEBOOKS for source in draw.sources(lab)}
    there = {file.name for file in diagrams.FOLDER.iterdir()}
    assert there == wanted and len(wanted) > 13, "make diagrams"


@pytest.mark.parametrize("file", sorted(diagrams.FOLDER.iterdir()), ids=lambda file: file.name)
def test_a_picture_loads_nothing_and_runs_nothing(file):
    text = file.read_text(encoding="utf-8")
    assert "<script" not in text and "<image" not in text and "@import" not in text


def test_a_changed_diagram_has_another_name():
    assert diagrams.name(FLOW) != diagrams.name(FLOW.replace("GET", "PUT"))


def test_a_flowchart_in_words_says_what_its_boxes_and_arrows_say():
    assert diagrams.in_words(FLOW) == (
        "Diagram: you –GET /hello→ REST API; REST API; stage, test → method, ANY; method, ANY –event→ log group"
    )


def test_states_and_sequences_in_words_keep_what_follows_the_colon():
    states = "stateDiagram-v2\n    direction LR\n    [*] --> INIT: a request\n    INIT --> [*]\n"
    assert diagrams.in_words(states) == "Diagram: start or end → INIT: a request; INIT → start or end"
    sequence = "sequenceDiagram\n    bootstrap->>API: GET next\n    API-->>bootstrap: an event\n"
    assert diagrams.in_words(sequence) == "Diagram: bootstrap → API: GET next; API → bootstrap: an event"
