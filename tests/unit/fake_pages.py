"""A client of AWS whose answers come in pages."""

from types import SimpleNamespace


class Paginated:
    """A lab, and its client of any service: `paginate(**request)` of whoever inherits yields the pages."""

    def client(self, service):
        return self

    def can_paginate(self, operation):
        return True

    def get_paginator(self, operation):
        return SimpleNamespace(paginate=self.paginate)
