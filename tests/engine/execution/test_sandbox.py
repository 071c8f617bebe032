"""What a function tries and must not get: each row is one probe, run as a function, and what comes of it.

In namespaces all rows hold. In plain mode on Linux those hold that say so. Plain mode does not protect:
1. what lies below `/tmp`, and the names, sizes and times of all other files;
2. memory and number of processes, beyond what a function's own process tree shows of them;
3. sockets that have a path, and, where the kernel has no Landlock (Linux 5.19; 6.12 for signals and abstract sockets),
   the learner's files and processes.
"""

import os
import platform
import socket
import uuid
from dataclasses import dataclass
from pathlib import Path

import pytest
from kit import status

from helpers.engine.execution.sandbox import landlock
from helpers.engine.execution.sandbox.system_calls import NUMBERS
from helpers.state.home import ROOT

pytestmark = pytest.mark.skipif(not os.path.exists("/proc/self/stat"), reason="probes Linux")

# Runs the code in an event, with what it needs in the event beside it: the value of `result`, or the error's name.
PROBE = """
import ctypes, errno, mmap, os, signal, socket
libc = ctypes.CDLL(None, use_errno=True)

def call(number, *arguments):
    if libc.syscall(ctypes.c_long(number), *arguments) < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return "done"

def handler(event, context):
    names = {**globals(), **event}
    try:
        exec(event["code"], names)
        return names["result"]
    except OSError as error:
        return errno.errorcode.get(error.errno, type(error).__name__)
"""
NOT_LINUX_64 = """
# mov eax, number of memfd_create for 32-bit programs; int 0x80; ret
code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
code.write(bytes([0xB8, 0x64, 0x01, 0, 0, 0xCD, 0x80, 0xC3]))
address = ctypes.addressof(ctypes.c_char.from_buffer(code))
answer = ctypes.CFUNCTYPE(ctypes.c_int)(address)()
result = errno.errorcode[-answer] if answer < 0 else "done"
"""
LET_GO = """
import time
memory = mmap.mmap(-1, 1 << 29)
for at in range(0, 1 << 29, 1 << 22):
    memory[at : at + (1 << 22)] = bytes(1 << 22)
    memory.madvise(mmap.MADV_DONTNEED, at, 1 << 22)
    time.sleep(0.02)
result = "kept"
"""
FILES = """
for number in range(200_000):
    os.close(os.open(f"/tmp/{number}", os.O_CREAT | os.O_WRONLY))
result = "made"
"""
NUMBER = NUMBERS.get(platform.machine(), {})


@dataclass(frozen=True)
class Row:
    """What comes of it, or a tuple of what may; `plain` is None where plain mode holds nothing back."""

    what: str
    code: str
    namespaces: object
    plain: object


def system_call(name: str, arguments: str, answer: str) -> Row:
    return Row(f"system call {name}", f"result = call({NUMBER.get(name)}, {arguments})", answer, answer)


ROWS = [
    # Files of the engine and of the learner
    Row("the labs' secret", "result = open(home + '/credentials/secret').read()", "ENOENT", "EACCES"),
    Row("the engine's log", "result = open(home + '/engine.log').read()", "ENOENT", "EACCES"),
    Row("what the engine keeps", "result = os.listdir(home)", "ENOENT", "EACCES"),
    Row("the labs", "result = open(root + '/README.md').read()", "ENOENT", "EACCES"),
    Row("a home folder", "result = os.listdir(user)", "ENOENT", "EACCES"),
    Row("passwords", "result = open('/etc/shadow').read()", "ENOENT", "EACCES"),
    Row("writing to the labs", "result = open(root + '/README.md', 'a').name", "ENOENT", "EACCES"),
    Row("the rest of the interpreter's folder", "result = os.listdir(prefix)", "ENOENT", "EACCES"),
    Row(
        "the same by its place",
        "result = ' '.join(sorted(os.listdir('/var/lang')))",
        ("bin lib", "bin lib lib64"),
        None,
    ),
    Row("own code", "result = open(os.environ['LAMBDA_TASK_ROOT'] + '/x', 'w').name", "EROFS", "EACCES"),
    # Other processes
    Row("the engine's variables", "result = open(f'/proc/{engine}/environ').read()", "ENOENT", "EACCES"),
    Row("the engine's open files", "result = os.readlink(f'/proc/{engine}/fd/1')", "ENOENT", "EACCES"),
    Row("the supervisor's memory", "result = open(f'/proc/{os.getppid()}/mem').name", "EACCES", "EACCES"),
    Row("a signal to the engine", "result = os.kill(engine, 0)", "ESRCH", "EPERM"),
    Row("a signal to the supervisor", "result = os.kill(os.getppid(), 0)", "EPERM", "EPERM"),
    Row("tracing the supervisor", "result = libc.ptrace(16, os.getppid(), 0, 0)", -1, -1),
    # Keys, sockets
    system_call("keyctl", "0, -3, 0", "EPERM"),
    system_call("add_key", "b'user', b'x', b'x', 1, -3", "EPERM"),
    system_call("request_key", "b'user', b'x', None, 0", "EPERM"),
    Row("names of keys", "result = open('/proc/keys').read()", ("", "ENOENT", "EACCES"), None),
    Row("an abstract socket", "result = socket.socket(socket.AF_UNIX).connect(abstract)", "EPERM", "EPERM"),
    # Memory that no process shows as its own, and the ways there
    system_call("memfd_create", "b'x', 0", "ENOSYS"),
    system_call("memfd_secret", "0", "ENOSYS"),
    system_call("shmget", "0, 4096, 0o1600", "ENOSYS"),
    system_call("msgget", "0, 0o1600", "ENOSYS"),
    system_call("semget", "0, 1, 0o1600", "ENOSYS"),
    system_call("io_uring_setup", "1, ctypes.create_string_buffer(120)", "ENOSYS"),
    system_call("userfaultfd", "1", "ENOSYS"),
    system_call("clone3", "ctypes.create_string_buffer(88), 88", "ENOSYS"),
    *(
        system_call("unshare", f"{flag:#x}", "EPERM")
        for flag in (0x80, 0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000)
    ),
    system_call("clone", "0x10000011, 0, 0, 0, 0", "EPERM"),
    system_call("setns", "0, 0", "EPERM"),
    system_call("mount", "b'tmpfs', b'/tmp', b'tmpfs', 0, b''", "EPERM"),
    system_call("fsopen", "b'tmpfs', 0", "EPERM"),
    system_call("open_tree", "-100, b'/tmp', 1", "EPERM"),
    system_call("prlimit64", "os.getppid(), 7, None, None", "EPERM"),
    Row("more files than a disk has room for", FILES, "ENOSPC", None),
    Row("shared memory that is in nobody's tables", LET_GO, "Runtime.OutOfMemory", "Runtime.OutOfMemory"),
    Row("shared memory as files", "result = open('/dev/shm/x', 'w').name", "ENOENT", "EACCES"),
    # The kernel
    system_call("bpf", "0, ctypes.create_string_buffer(120), 120", "EPERM"),
    system_call("perf_event_open", "ctypes.create_string_buffer(128), 0, -1, -1, 0", "EPERM"),
    system_call("syslog", "3, ctypes.create_string_buffer(4096), 4096", "EPERM"),
    Row("a call newer than the filter", "result = call(470, 0, 0, 0, 0)", "ENOSYS", "ENOSYS"),
    Row("core dumps", "result = open('/proc/sys/kernel/core_pattern', 'w').name", ("EACCES", "EROFS"), "EACCES"),
    Row("making a device", "result = os.mknod('/tmp/device', 0o20600, os.makedev(1, 1))", "EPERM", ("EPERM", "EACCES")),
    Row("the kernel's messages", "result = open('/dev/kmsg').name", "ENOENT", ("EACCES", "ENOENT")),
    Row(
        "devices",
        "result = ' '.join(sorted(os.listdir('/dev')))",
        "fd full null random stderr stdin stdout urandom zero",
        "EACCES",
    ),
]
if platform.machine() == "x86_64":
    ROWS.append(Row("memfd_create of x32", "result = call(0x40000000 + 319, b'x', 0)", "ENOSYS", "ENOSYS"))
    # Where the kernel runs no 32-bit programs at all, the processor ends the process.
    ROWS.append(
        Row("memfd_create of i386", NOT_LINUX_64, ("ENOSYS", "Runtime.ExitError"), ("ENOSYS", "Runtime.ExitError"))
    )


@pytest.fixture(scope="module")
def abstract():
    """The name of an abstract socket of this process, as a browser or D-Bus has them."""
    name = f"\0lab-{uuid.uuid4().hex}"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(name)
        listener.listen()
        yield name


@pytest.fixture
def probe(function, engine, abstract):
    call = function(PROBE, MemorySize=256, Timeout=60)
    home = Path(engine.log).parent
    assert (home / "credentials" / "secret").stat().st_size > 0
    facts = {
        "home": str(home),
        "root": str(ROOT),
        "user": str(Path.home()),
        "engine": engine.pid,
        "abstract": abstract,
        "prefix": engine_prefix(),
    }

    def run(code):
        result = call({"code": code, **facts})
        return result.error_type or result.payload

    return run


def engine_prefix() -> str:
    """Where the interpreter of functions is installed."""
    configuration = (ROOT / ".engine" / "pyvenv.cfg").read_text()
    home = next(line for line in configuration.splitlines() if line.startswith("home"))
    return str(Path(home.partition("=")[2].strip()).resolve().parent)


def test_what_a_function_must_not_get_it_does_not_get(probe, engine):
    isolation = status(engine)["features"]["isolation"]
    wrong = {}
    for row in ROWS:
        expected = getattr(row, isolation)
        if expected is None or _needs_a_newer_kernel(row, isolation):
            continue
        if row.what == "the rest of the interpreter's folder" and engine_prefix() == "/usr":
            continue  # that is everybody's, here and on AWS
        if isolation == "plain" and "root" in row.code and ROOT.is_relative_to("/tmp"):
            continue  # a clone below /tmp: see 1. above
        got = probe(row.code)
        if got not in (expected if isinstance(expected, tuple) else (expected,)):
            wrong[f"{row.what}: {row.code.strip()}"] = (got, expected)
    assert wrong == {}


def _needs_a_newer_kernel(row: Row, isolation: str) -> bool:
    version = landlock.abi()
    if row.what in ("an abstract socket", "a signal to the supervisor"):
        return version < landlock.SCOPES_ABI
    return isolation == "plain" and not row.what.startswith("system call") and version < landlock.SCOPES_ABI


def test_what_one_function_was_told_is_not_in_the_memory_of_the_next(function):
    marker = uuid.uuid4().hex
    variables = {f"PASSWORD_{index}": f"lab-{marker}-{index}" for index in range(40)}
    told = "import os\ndef handler(event, context): return os.environ['PASSWORD_7']"
    source = """
def handler(event, context):
    wanted = event[::-1].encode()  # or the event itself would be found
    found = 0
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb") as memory:
        for line in maps.read().splitlines():
            place, rights, *_ = line.split()
            if not rights.startswith("rw"):
                continue
            start, end = (int(number, 16) for number in place.split("-"))
            memory.seek(start)
            try:
                found += memory.read(end - start).count(b"lab-" + wanted)
            except OSError:
                continue
    return found
"""
    for _ in range(3):
        assert function(told, Environment={"Variables": variables})().payload == f"lab-{marker}-7"
    assert function(source, MemorySize=512)(marker[::-1]).payload == 0
    itself = function(source, MemorySize=512, Environment={"Variables": variables})
    assert itself(marker[::-1]).payload > 0  # it would be found


def test_ordinary_programs_carry_on(function):
    python = """
import asyncio, ctypes, multiprocessing, socket, subprocess, tempfile, threading

def square(pipe):
    pipe.send(pipe.recv() ** 2)

async def echo():
    process = await asyncio.create_subprocess_exec("sh", "-c", "echo out; exit 3", stdout=subprocess.PIPE)
    return [(await process.stdout.read()).decode(), await process.wait()]

def handler(event, context):
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=square, args=(theirs,))
    process.start()
    ours.send(7)
    squared = ours.recv()
    process.join()
    done = threading.Event()
    threading.Thread(target=done.set).start()
    with tempfile.NamedTemporaryFile("w+") as file:
        file.write("kept")
        file.seek(0)
        kept = file.read()
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        name = client.getpeername()[0]
    ctypes.CFUNCTYPE(ctypes.c_int)(lambda: 1)()
    return [squared, done.wait(10), kept, name, asyncio.run(echo())]
"""
    assert function(python, Timeout=30)().payload == [49, True, "kept", "127.0.0.1", ["out\n", 3]]
    nodejs = """
const { Worker } = require('node:worker_threads');
const { execFileSync } = require('node:child_process');
exports.handler = async () => {
  const said = await new Promise((resolve, reject) => {
    new Worker("require('node:worker_threads').parentPort.postMessage(42)", { eval: true })
      .on('message', resolve).on('error', reject);
  });
  return [said, execFileSync(process.execPath, ['-p', '1 + 1']).toString().trim()];
};
"""
    assert function(nodejs, "nodejs22.x", Timeout=30, MemorySize=512)().payload == [42, "2"]
