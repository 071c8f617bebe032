#!/bin/sh
# Starts a runtime through the function's AWS_LAMBDA_EXEC_WRAPPER: `exec_wrapper.sh WRAPPER COMMAND...`. What is printed,
# and the exit codes, are those of AWS's own runtimes (their /var/runtime/bootstrap, 2026-11).
if [ ! -f "$1" ]; then
  echo "$1: does not exist"
  exit 127
fi
if [ ! -x "$1" ]; then
  echo "$1: is not an executable"
  exit 126
fi
exec "$@"
