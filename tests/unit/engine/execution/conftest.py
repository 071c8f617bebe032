"""The engine's parser of HTTP is installed in its own environment only; no test here speaks HTTP."""

import sys
from types import ModuleType

sys.modules.setdefault("httptools", ModuleType("httptools"))
