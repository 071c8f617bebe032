"""The filter of system calls, read as the kernel reads it: for both architectures, whichever this machine has."""

import errno
import struct

import pytest

from helpers.engine.execution.sandbox import seccomp
from helpers.engine.execution.sandbox.system_calls import LAST, NUMBERS

ENOSYS, EPERM = seccomp.FAIL | errno.ENOSYS, seccomp.FAIL | errno.EPERM
MACHINES = ["x86_64", "aarch64"]


def answer(machine, number, argument=0, architecture=None):
    """What the filter says to a system call: classic BPF over a `struct seccomp_data`."""
    architecture = seccomp.AUDIT_ARCH[machine] if architecture is None else architecture
    data = struct.pack("=IIQQ", number, architecture, 0, argument)
    at, value, lines = 0, 0, seccomp.program(machine)
    while True:
        code, if_true, if_false, operand = lines[at]
        at += 1
        match code:
            case seccomp.LOAD:
                (value,) = struct.unpack_from("=I", data, operand)
            case seccomp.JUMP_EQUAL:
                at += if_true if value == operand else if_false
            case seccomp.JUMP_AT_LEAST:
                at += if_true if value >= operand else if_false
            case seccomp.JUMP_ANY_BIT:
                at += if_true if value & operand else if_false
            case seccomp.RETURN:
                return operand


@pytest.mark.parametrize("machine", MACHINES)
def test_every_call_that_is_refused_is_and_every_other_is_allowed(machine):
    numbers = NUMBERS[machine]
    expected = {numbers[name]: ENOSYS for name in seccomp.NOT_THERE}
    expected |= {numbers[name]: EPERM for name in seccomp.NOT_PERMITTED}
    for number in range(LAST + 1):
        assert answer(machine, number) == expected.get(number, seccomp.ALLOW), number


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("flag", [0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000])
def test_no_namespace_can_be_made_by_clone_or_unshare(machine, flag):
    fork, thread = 0x01200011, 0x003D0F00  # what the C library passes
    assert answer(machine, NUMBERS[machine]["clone"], fork | flag) == EPERM
    assert answer(machine, NUMBERS[machine]["unshare"], 0x400 | flag) == EPERM
    for flags in (fork, thread):
        assert answer(machine, NUMBERS[machine]["clone"], flags) == seccomp.ALLOW
    assert answer(machine, NUMBERS[machine]["unshare"], 0x400) == seccomp.ALLOW  # open files of its own


@pytest.mark.parametrize("machine", MACHINES)
def test_a_process_sets_its_own_limits_and_nobody_elses(machine):
    assert answer(machine, NUMBERS[machine]["prlimit64"], 0) == seccomp.ALLOW
    for pid in (1, 4711):
        assert answer(machine, NUMBERS[machine]["prlimit64"], pid) == EPERM


@pytest.mark.parametrize("machine", MACHINES)
def test_other_abis_and_calls_newer_than_the_table_are_not_there(machine):
    assert answer(machine, 39, architecture=0x40000003) == ENOSYS  # i386
    assert answer(machine, 39, architecture=0x40000028) == ENOSYS  # 32-bit ARM
    for number in (LAST + 1, 512, 0x40000000 + 39, 0xFFFFFFFF):
        assert answer(machine, number) == ENOSYS


def test_an_unknown_architecture_has_no_filter(monkeypatch):
    monkeypatch.setattr(seccomp, "MACHINE", "riscv64")
    with pytest.raises(OSError, match="no filter for riscv64"):
        seccomp.apply_filter()
