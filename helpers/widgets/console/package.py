"""A deployment package in the console's editor: text files that can be edited, others that are kept."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from helpers.deployment import zip_code
from helpers.errors import PackageError

EDITABLE = 1024 * 1024  # bytes of one file; a longer one is kept, not shown


@dataclass(frozen=True)
class Package:
    """Files of a package in its order: (entry of the zip file, content)."""

    entries: tuple[tuple[zipfile.ZipInfo, bytes], ...]

    @classmethod
    def read(cls, data: bytes) -> "Package":
        """Return the package in the zip file `data`. Raises: PackageError if it is not one."""
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return cls(tuple((one, archive.read(one)) for one in archive.infolist() if not one.is_dir()))
        except zipfile.BadZipFile as error:
            raise PackageError(f"The package cannot be read ({error}): deploy the function again.") from error

    @property
    def names(self) -> list[str]:
        """Paths of all files."""
        return [entry.filename for entry, _ in self.entries]

    @property
    def texts(self) -> dict[str, str]:
        """The files that can be edited, {path: text}: UTF-8 without null characters, of 1 MB at most."""
        found = {}
        for entry, data in self.entries:
            if len(data) <= EDITABLE and b"\0" not in data:
                try:
                    found[entry.filename] = data.decode("utf-8")
                except UnicodeDecodeError:  # not text: kept as it is
                    continue
        return found

    def edited(self, files: Mapping[str, str]) -> bytes:
        """Return the zip file with `files`, {path: text}, added or in place of those of the same path.

        Other files keep bytes, mode and time, so that the same edit gives the same CodeSha256.
        Raises: PackageError for a path that is not a plain relative one.
        """
        new = {name: text.encode() for name, text in files.items()}
        kept = {entry.filename: (entry, data) for entry, data in self.entries}
        added = {name: data for name, data in new.items() if name not in kept}
        if added:
            kept |= {entry.filename: (entry, data) for entry, data in Package.read(zip_code(added)).entries}
        package = io.BytesIO()
        with zipfile.ZipFile(package, "w") as archive:
            for name, (entry, data) in sorted(kept.items()):
                archive.writestr(entry, new.get(name, data))
        return package.getvalue()

    def file_of(self, handler: str) -> str | None:
        """Return the path of the text file that `handler` ("index.handler") is in, else of the first one, else None."""
        module = handler.rpartition(".")[0].replace("::", "/")
        texts = list(self.texts)
        paths = {module, module.replace(".", "/")}
        return next((name for name in texts if name.rpartition(".")[0] in paths), texts[0] if texts else None)
