"""A map of a REST API: resources, methods, integrations and stages, drawn from what the backend holds.

The picture can be read in a saved notebook, on a printed page and, as text, in a terminal. In JupyterLab a request can
be sent from it. `rest_api` reads, `api_drawing` draws, `api_call` sends, `api_form` has the fields and buttons.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from helpers.errors import LabError
from helpers.widgets.api_map import call as api_call
from helpers.widgets.api_map.call import ApiAnswer, ApiCall
from helpers.widgets.api_map.drawing import Drawing
from helpers.widgets.api_map.rest_api import RestApi, read, resource_ids, resource_of
from helpers.widgets.shared.base import Shown

CHANGES = ("Create", "Put", "Update", "Delete", "Import")


class ApiMap(Shown):
    """The map of the REST API `api_id`. `api` holds what was read last; what came with the last reading stands out.

    Each time it is shown, that picture stays as it was: `refresh()` at the end of a cell shows the next one below.
    """

    def __init__(self, lab, api_id: str):
        self._lab = lab
        self._client = lab.client("apigateway")
        self._id = api_id
        self._form = None  # the one shown last
        self._following: list = []  # the forms that are redrawn after each call
        self.api: RestApi | None = None
        self.answer: ApiAnswer | None = None
        self.refresh()

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
        """Send a request as any caller would, and return the answer: `answer` keeps it.

        `query` is {"a": "1"} or "a=1"; `stage` by default the first one.
        Raises: LabError if there is no stage, or nothing answers.
        """
        if stage is None:
            stages = [stage.name for stage in read(self._client, self._id).stages]
            if not stages:
                raise LabError(f"{self.api.name} has no stage to send to: create a deployment, or use test().")
            stage = stages[0]
        url = f"https://{self._id}.execute-api.{self._lab.region}.amazonaws.com/{stage}"
        self.answer = api_call.send(_call(verb, path, query, headers, body), url, self._lab.endpoint)
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
        """Test a method as the console's Test button does, deployed or not, and return the answer.

        Raises: LabError if the API has no resource for that path; what AWS answers if it refuses.
        """
        call = _call(verb, path, query, headers, body)
        ids = resource_ids(self._client, self._id)
        resource = resource_of(ids, call.path)
        if resource is None:
            raise LabError(f"{self.api.name} has no resource for {call.path}: it has {', '.join(sorted(ids))}.")
        self.answer = api_call.test(call, self._client, self._id, ids[resource])
        return self.answer

    def follow(self, on: bool = True) -> None:
        """Redraw the widget shown last after each call of this lab's client that changes an API; False ends that.

        Raises: LabError if the map has not been shown with a form.
        """
        if self._form is None:
            raise LabError("There is no widget to redraw yet: show the map once a method has an integration.")
        self._form.follow.value = on

    def redraw_after_calls(self, form, on: bool) -> None:
        """Have `form` redrawn, or no longer: what its Follow button does."""
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

    def view(self):
        """Return an ipywidgets view of its own: what was shown before stays as it was."""
        from helpers.widgets.api_map.form import ApiForm

        self._form = ApiForm(self)
        return self._form.box

    def _repr_html_(self) -> str:
        return self.html()

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        bundle = {"text/plain": self.text(), "text/html": self.html()}
        if any(method.integration for method in self.api.methods):  # there is something to send to
            bundle |= self.view()._repr_mimebundle_(include=include, exclude=exclude) | bundle
        return bundle

    def _called(self, model, **_) -> None:
        for form in list(self._following) if model.name.startswith(CHANGES) else []:
            if form.closed:
                self.redraw_after_calls(form, False)
            else:
                form.redraw()


def _call(verb: str, path: str, query, headers, body: str) -> ApiCall:
    asked = query if isinstance(query, str) else urlencode(query)
    return ApiCall(verb.upper(), f"/{path.removeprefix('/')}", asked.removeprefix("?"), dict(headers or {}), body)
