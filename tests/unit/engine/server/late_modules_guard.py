"""Run in the engine's environment, for test_late_modules: import what an engine starts with; print what came of it.

{"imported": modules that should be late, "wrong": late names that the real module has not, "late": how many there are}
"""

import importlib
import json
import sys

from helpers.engine.server import late_modules


def main() -> None:
    with late_modules.importing_late():
        from helpers.engine import patches

        patches.apply()
        importlib.import_module("localstack.runtime.main")
    names = (*late_modules.LATE, *late_modules.MISSING)
    imported = [name for name in sys.modules if any(f"{name}.".startswith(f"{late}.") for late in names)]
    wrong, count = [], 0
    for module in list(sys.modules.values()):
        for name, value in list(getattr(module, "__dict__", {}).items()):
            if type(value) is late_modules.Late:
                count += 1
                try:
                    value._real()
                except (ImportError, AttributeError) as error:
                    wrong.append(f"{module.__name__}.{name}: {error}")
    json.dump({"imported": imported, "wrong": wrong, "late": count}, sys.stdout)


if __name__ == "__main__":
    main()
