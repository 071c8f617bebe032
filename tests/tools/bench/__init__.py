"""`make bench`: how quick the embedded engine is; with PEER=http://127.0.0.1:PORT, beside another emulator.

Starts engines of its own (free ports, temporary folders). Latencies are taken with boto3, as in a lab, and over
plain HTTP, where the client costs next to nothing. The no-op call (GetAccountSettings) of the same client, taken
in turn with the invocations, is the floor that they are compared with. With a peer, rounds alternate (ours, peer,
ours, peer...), so that whatever else the machine does hits both alike.

- `__main__` measures one thing after the other; ONLY="growth rates" some of them.
- `starts`, `authorization`, `latencies` (no-op, warm, cold) and `rates` (1 to 64 clients, and the processor time of
  an invocation) are what one learner or a class meets.
- `growth` (functions, log events, roles), `environments` (1,000 kept warm) and `sharing` (thirty learners at once, by
  `tests.tools.learners`) are what a call costs when there is much.
- `client` has the callers, `engines` starts engines, `usage` asks the operating system, `table` keeps and shows rows.

`tests/tools/soak.py` is apart: 20,000 invocations with crashes among them, and what is left of them.
"""
