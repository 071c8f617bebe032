"""What an engine and the processes of its functions use, as the operating system counts it. Linux only: 0 elsewhere."""

from dataclasses import dataclass

from helpers.engine.execution.sandbox.processes import cpu_seconds, descendants, proportional_bytes, resident_bytes


@dataclass(frozen=True)
class Usage:
    """Processor time in seconds, user and system, since each process began: of the engine alone, of all below it."""

    engine: float
    functions: float

    def __sub__(self, other: "Usage") -> "Usage":
        return Usage(self.engine - other.engine, self.functions - other.functions)


def processor_time(engine: int) -> Usage:
    """Processor time so far; `engine` is its process's id. Zygotes and supervisors count as function processes."""
    return Usage(cpu_seconds(engine), sum(map(cpu_seconds, descendants(engine))))


def function_memory(engine: int) -> int:
    """The memory of all processes below the engine, in bytes; pages that processes share count once."""
    return sum(map(proportional_bytes, descendants(engine)))


def engine_memory(engine: int) -> int:
    """The resident memory of the engine alone, in bytes."""
    return resident_bytes(engine)
