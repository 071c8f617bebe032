"""Where functions run: processes forked from a zygote, one small supervisor each.

Everything in this package runs *outside* the engine, on a bare interpreter (`-S`, no site-packages),
and imports the standard library only. The order of reading:

1. `zygote.py` is a single-threaded server. The engine asks it for an execution environment; it forks.
2. `supervisor.py` is the first process of an execution environment. It starts the runtime, freezes and
   thaws it, watches its memory, reaps its children and leaves nothing behind.
3. `python_runtime.py` turns a forked process into a Python runtime without starting an interpreter.
4. What a function may do: `namespaces.py` is what it sees (Linux), `privileges.py` the rights and limits of its
   process, `landlock.py` what it may reach, `seccomp.py` what it may ask of the kernel, by `system_calls.py`.
5. `processes.py` reads the process table, `cpu_share.py` shares processors out by memory.
6. `compile.py` compiles a package's Python files when it is unpacked: a program of its own, under limits.
7. `protocol.py` is what the engine and the zygote say to each other.

Why fork from a zygote: a Python interpreter takes 30 ms to start, a fork 2 ms; and an engine with forty
threads must not fork itself.
"""
