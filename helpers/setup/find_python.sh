#!/bin/sh
# Prints the Python that `make` uses: the one .venv was made with, or the first that is 3.11, 3.12 or 3.13 and complete.
#   helpers/setup/find_python.sh          one path, or a sentence on stderr and exit 1
#   helpers/setup/find_python.sh --all    one path for each supported version on this machine (for `make test-all`)
#   PYTHON=/path/to/python          only this one is tried
# Each candidate is run: a name on PATH may be a shim that fails, or a Python without venv (Debian splits it off).

probe='
import sys
if not (3, 11) <= sys.version_info[:2] <= (3, 13):
    sys.exit(1)
import ctypes, ensurepip, ssl, venv
print("%d.%d" % sys.version_info[:2], getattr(sys, "_base_executable", None) or sys.executable)
'

try() { # prints "3.12 /path" of the interpreter itself, not of a shim or of a virtual environment around it
    command -v "$1" >/dev/null 2>&1 && "$1" -c "$probe" 2>/dev/null </dev/null
}

if [ "$1" = --all ]; then
    for candidate in python3.11 python3.12 python3.13 python3 "$HOME"/.pyenv/versions/*/bin/python; do
        try "$candidate"
    done | sort -u -k 1,1 | cut -d ' ' -f 2-
    exit 0
fi

if [ -n "$PYTHON" ]; then
    found=$(try "$PYTHON") && echo "${found#* }" && exit 0
    echo "PYTHON=$PYTHON is not a Python 3.11, 3.12 or 3.13 with venv, ssl and ctypes: give another, or leave PYTHON out." >&2
else
    for candidate in "$(dirname "$0")/../../.venv/bin/python" python3.13 python3.12 python3.11 python3; do
        found=$(try "$candidate") && echo "${found#* }" && exit 0
    done
    echo "No Python 3.11, 3.12 or 3.13 with venv was found: install one (Debian, Ubuntu: apt install python3 python3-venv; macOS: brew install python@3.13) and run make again, or name it: make lab PYTHON=/path/to/python3." >&2
fi
exit 1
