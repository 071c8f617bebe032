"""A package to install without an index."""

import zipfile


def greeting(folder):
    """Write the package `greeting`, release 1.0, as a wheel into a folder, and return its path."""
    path, info = folder / "greeting-1.0-py3-none-any.whl", "greeting-1.0.dist-info"
    folder.mkdir(parents=True)
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("greeting.py", "TEXT = 'hello'\n")
        package.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: greeting\nVersion: 1.0\n")
        package.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        package.writestr(f"{info}/RECORD", "")
    return path
