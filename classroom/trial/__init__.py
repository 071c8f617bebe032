"""A classroom tried out: so many simulated attendees run labs 00 to 03 at once, through JupyterHub's API.

    make classroom-trial                                          one attendee alone, then twenty at once
    make classroom-trial TRIAL="--attendees 5 --think 0 --engine shared"

- `room` opens a classroom of its own, in a temporary folder, and removes it with its users afterwards.
- `attendee` is one who plays: has their server started, opens each working copy, runs its cells by websocket, one after
  the other, and thinks between them.
- `memory` adds up what runs as each attendee: server, kernels, engine, functions.
- `__main__` prints how one fared alone and how all did at once; `report` has the words.
"""
