"""A map of a REST API: resources, methods, integrations and stages, drawn from what the backend holds.

The picture can be read in a saved notebook, on a printed page and, as text, in a terminal. In JupyterLab a request can
be sent from it. `rest_api` reads, `drawing` draws, `call` sends, `form` has the fields and buttons.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from helpers.backend.execute_api import stage_url
from helpers.backend.session import Connection
from helpers.errors import LabError
from helpers.widgets.api_map.call import ApiAnswer, ApiCall, invoke_method, send
from helpers.widgets.api_map.drawing import Drawing
from helpers.widgets.api_map.rest_api import RestApi, read, resource_ids, resource_of
from helpers.widgets.shared.base import Shown

CHANGES = ("Create", "Put", "Update", "Delete", "Import")


class ApiMap(Shown):
    """The map of the REST API `api_id`. `api` holds the last reading, whose differences from the one before stand out.

    A picture that was shown stays as it was: `refresh()` at the end of a cell shows a new one below.
    """

    def __init__(self, lab: Connection, api_id: str):
        self._lab = lab
        self._client = lab.client("apigateway")
        self._id = api_id
        self._form: Any = None  # the ApiForm shown last
        self._following: list[Any] = []  # the ApiForms that are redrawn after each call
        self.api: RestApi = read(self._client, api_id)
        self.answer: ApiAnswer | None = None
        self._drawing = Drawing(self.api)

    def refresh(self) -> "ApiMap":
        """Read the API again, and return the map. Raises: what AWS answers, if the API is gone."""
        before, self.api = self.api, read(self._client, self._id)
        self._drawing = Drawing(self.api, before)
        return self

    def send(
        self,
        verb: str,
        path: str,
        *,
        query: str | Mapping[str, str] = "",
        headers: Mapping[str, str] | None = None,
        body: str = "",
        stage: str | None = None,
    ) -> ApiAnswer:
        """Send a request as any caller would, and return its response, which `answer` keeps.

        `query` is {"a": "1"} or "a=1"; `stage` by default the first one.
        Raises: LabError if there is no stage, or nothing answers.
        """
        if stage is None:
            stages = [stage.name for stage in read(self._client, self._id).stages]
            if not stages:
                raise LabError(f"{self.api.name} has no stage to send to: create a deployment, or use test().")
            stage = stages[0]
        url = stage_url(self._id, self._lab.region, stage)
        self.answer = send(_call(verb, path, query, headers, body), url, self._lab.endpoint)
        return self.answer

    def test(
        self,
        verb: str,
        path: str,
        *,
        query: str | Mapping[str, str] = "",
        headers: Mapping[str, str] | None = None,
        body: str = "",
    ) -> ApiAnswer:
        """Test a method as the console's Test button does, deployed or not, and return the response.

        Raises: LabError if the API has no resource for that path; what AWS answers if it refuses.
        """
        call = _call(verb, path, query, headers, body)
        ids = resource_ids(self._client, self._id)
        resource = resource_of(ids, call.path)
        if resource is None:
            raise LabError(f"{self.api.name} has no resource for {call.path}: it has {', '.join(sorted(ids))}.")
        self.answer = invoke_method(call, self._client, self._id, ids[resource])
        return self.answer

    def follow(self, on: bool = True) -> None:
        """Redraw the widget shown last after each call of this lab's client that changes an API; False ends that.

        Raises: LabError if the map has not been shown with a form.
        """
        if self._form is None:
            raise LabError("There is no widget to redraw yet: show the map once a method has an integration.")
        self._form.follow.value = on

    def redraw_after_calls(self, form: Any, on: bool) -> None:
        """Redraw `form` after each such call, or no longer, as its Follow button does."""
        self._following = [one for one in self._following if one is not form] + ([form] if on else [])
        name, key = "after-call.api-gateway", f"map of {self._id}"
        self._client.meta.events.unregister(name, unique_id=key)
        if self._following:
            self._client.meta.events.register(name, self._called, unique_id=key)

    def text(self) -> str:
        """Return the map as lines of text."""
        return self._drawing.text()

    def html(self) -> str:
        """Return the map as an SVG picture in HTML."""
        return self._drawing.html()

    def view(self) -> Any:
        """Return a new ipywidgets view; earlier ones stay as they were."""
        from helpers.widgets.api_map.form import ApiForm

        self._form = ApiForm(self)
        return self._form.box

    def _repr_html_(self) -> str:
        return self.html()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        bundle: dict[str, Any] = {"text/plain": self.text(), "text/html": self.html()}
        if any(method.integration for method in self.api.methods):  # there is something to send to
            bundle |= self.view()._repr_mimebundle_(include=include, exclude=exclude) | bundle
        return bundle

    def _called(self, model: Any, **_: object) -> None:
        for form in list(self._following) if model.name.startswith(CHANGES) else []:
            if form.closed:
                self.redraw_after_calls(form, False)
            else:
                form.redraw()


def _call(
    verb: str, path: str, query: str | Mapping[str, str], headers: Mapping[str, str] | None, body: str
) -> ApiCall:
    asked = query if isinstance(query, str) else urlencode(query)
    return ApiCall(verb.upper(), f"/{path.removeprefix('/')}", asked.removeprefix("?"), dict(headers or {}), body)
