"""The sandbox that functions run in: processes forked from a zygote, each with a small supervisor.

Everything in this package runs *outside* the engine, on a bare interpreter (`-S`, no site-packages),
and imports the standard library only. In the order of reading:

1. `zygote` is a single-threaded server. The engine asks it for an execution environment; it forks.
2. `supervisor` is the first process of an execution environment, which may wait for its function. It starts
   (`launch`) runtime and extensions, freezes and thaws them (`commands`), watches its memory (`process_tree`), reaps
   its children and leaves nothing behind.
3. `python_runtime` turns a forked process into a Python runtime without starting an interpreter; `python_command` is
   the same in an interpreter of its own; `runtime_client` stands in for the compiled part of AWS's client.
4. The limits of a function: `namespaces` for the files and processes that it sees (Linux), `privileges` for the rights
   of its process, `landlock` for what it can reach, `seccomp` for the system calls it can make (`system_calls`).
5. `processes` reads the process table, `cpu_share` turns memory into vCPUs and enforces them, `pace` says how often
   both are looked at.
6. `compile` compiles a package's Python files when it is unpacked: a program of its own, under limits.
7. `protocol` has the messages between the engine, the zygote and a supervisor.

Why fork from a zygote: a Python interpreter takes 30 ms to start, a fork 2 ms; and an engine with forty
threads must not fork itself.
"""
