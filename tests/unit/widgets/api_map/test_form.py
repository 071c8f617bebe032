"""The API map in JupyterLab: requests from the form, the picture that follows, errors in the form."""

import pytest
from botocore.exceptions import ClientError
from fake_rest_api import HELLO, Backend

from helpers.errors import LabError
from helpers.widgets import ApiMap
from helpers.widgets.api_map.call import ApiAnswer
from helpers.widgets.api_map.rest_api import resource_of

MOCK = {"methodIntegration": {"type": "MOCK"}}


class Gateway(Backend):
    """The backend of the map's tests, with events, TestInvokeMethod, and a name that can be gone."""

    region, endpoint = "us-east-1", "http://127.0.0.1:1"

    def __init__(self):
        super().__init__()
        self.meta = self.events = self
        self.hooks = {}
        self.refuses = None

    def get_rest_api(self, **asked):
        if self.refuses:
            raise ClientError({"Error": {"Code": self.refuses, "Message": "Invalid <id>"}}, "GetRestApi")
        return super().get_rest_api(**asked)

    def register(self, event, handler, unique_id):
        assert event == "after-call.api-gateway"
        self.hooks[unique_id] = handler

    def unregister(self, event, unique_id):
        self.hooks.pop(unique_id, None)

    def called(self, operation):
        for hook in list(self.hooks.values()):
            hook(http_response=None, parsed={}, model=type("Model", (), {"name": operation}), context={})

    def paginate(self, **asked):
        for page in super().paginate(**{"embed": ["methods"], **asked}):
            yield {"items": [{"id": f"id of {item['path']}", **item} for item in page["items"]]}

    def test_invoke_method(self, **asked):
        self.asked = asked
        return {"status": 200, "body": "tested", "headers": {}, "log": "log"}


@pytest.fixture
def gateway(monkeypatch):
    backend = Gateway()
    backend.resources["/users/{id}"] = {"GET": MOCK}
    backend.resources["/{hello+}"] = {"ANY": {"methodIntegration": {"type": "AWS_PROXY", "uri": HELLO}}, "PUT": {}}
    backend.deploy("prod")
    backend.deploy("test")
    backend.sent = []

    def send(call, url, endpoint):
        backend.sent.append((call, url, endpoint))
        return ApiAnswer(call, 200, {}, "<sent>", {"curl": "curl …"})

    monkeypatch.setattr("helpers.widgets.api_map.api_map.send", send)
    return backend


@pytest.fixture
def shown(gateway):
    return ApiMap(gateway, "abc")


@pytest.fixture
def form(shown):
    shown._repr_mimebundle_()
    shown._form.open.value = True
    return shown._form


def test_an_api_without_an_integration_is_a_picture_only():
    backend = Gateway()
    backend.resources["/a"] = {"GET": {}}
    assert set(ApiMap(backend, "abc")._repr_mimebundle_()) == {"text/plain", "text/html"}


def test_what_was_shown_stays_as_it_was_and_the_saved_picture_is_that_of_then(gateway, shown):
    bundle = shown._repr_mimebundle_()
    first, before = shown._form, shown.html()
    assert bundle["text/html"] == before and bundle["text/plain"] == repr(shown)
    assert "application/vnd.jupyter.widget-view+json" in bundle
    gateway.resources["/new"] = {"GET": MOCK}
    shown.refresh()._repr_mimebundle_()
    assert shown._form is not first
    assert first.picture.value == before and "/new" in shown._form.picture.value


def test_code_sends_through_the_first_stage_unless_told_otherwise(gateway, shown):
    assert shown.send("get", "users/7", query={"a": "ø"}).body == "<sent>"
    assert shown.answer.body == "<sent>"
    shown.send("POST", "/users/7", query="?a=1", headers={"k": "v"}, body="b", stage="test")
    (first, url, endpoint), (second, other, _) = gateway.sent
    assert (first.verb, first.target) == ("GET", "/users/7?a=%C3%B8")
    assert (url, endpoint) == ("https://abc.execute-api.us-east-1.amazonaws.com/prod", "http://127.0.0.1:1")
    assert (second.target, second.headers, second.body) == ("/users/7?a=1", {"k": "v"}, "b")
    assert other.endswith("/test")


def test_sending_changes_nothing_of_what_the_next_map_shows_as_new(gateway, shown):
    gateway.resources["/new"] = {"GET": MOCK}
    shown.send("GET", "/new")
    assert "brand" in shown.refresh().html()


def test_without_a_stage_there_is_nothing_to_send_to(gateway, shown):
    gateway.stages.clear()
    with pytest.raises(LabError, match="no stage to send to: create a deployment"):
        shown.send("GET", "/users/7")


def test_code_tests_the_resource_that_serves_the_path(gateway, shown):
    assert shown.test("GET", "/users/7").body == "tested"
    assert gateway.asked["pathWithQueryString"] == "/users/7"
    assert gateway.asked["resourceId"] == "id of /users/{id}"
    with pytest.raises(LabError, match=r"has no resource for /: it has /users"):
        gateway.resources.pop("/")
        shown.test("GET", "/")


@pytest.mark.parametrize(
    ("path", "resource"),
    [
        ("/", "/"),
        ("/users", "/users"),
        ("/users/", "/users"),
        ("/users/7", "/users/{id}"),
        ("/users/me", "/users/me"),
        ("/users/7/x", "/{hello+}"),
        ("/v1.0", "/v1.0"),
        ("/v1x0", "/{hello+}"),
    ],
)
def test_a_plain_name_is_chosen_before_a_parameter_and_that_before_a_greedy_one(path, resource):
    paths = ("/", "/users", "/users/{id}", "/users/me", "/v1.0", "/{hello+}")
    assert resource_of(paths, path) == resource


def test_no_resource_serves_a_path_that_is_not_there():
    assert resource_of(("/", "/users"), "/other") is None


def test_fields_are_made_when_they_are_asked_for(shown):
    shown._repr_mimebundle_()
    form = shown._form
    assert form.fields.children == () and form.fields.layout.display == "none"
    form.open.value = True
    assert form.fields.layout.display == ""
    form.open.value = False
    assert form.fields.layout.display == "none"


def test_methods_with_an_integration_are_offered_with_a_path_to_start_from(form):
    assert form.method.options == ("GET /users/{id}", "ANY /{hello+}")
    assert (form.path.value, form.verb.value, form.verb.layout.display) == ("/users/id", "GET", "none")
    form.method.value = "ANY /{hello+}"
    assert (form.path.value, form.verb.layout.display) == ("/hello", "")


def test_the_send_button_sends_what_is_in_the_form_and_shows_answer_and_command(form, gateway):
    form.method.value, form.verb.value, form.stage.value = "ANY /{hello+}", "POST", "test"
    form.path.value, form.query.value, form.body.value = "/you", "a=1", "b"
    form.headers.value = "x-api-key: k:1\n\n accept : x"
    form.buttons["Send"].click()
    ((call, url, _),) = gateway.sent
    assert (call.verb, call.target, call.body) == ("POST", "/you?a=1", "b")
    assert call.headers == {"x-api-key": "k:1", "accept": "x"}
    assert url.endswith("/test")
    assert "&lt;sent&gt;" in form.answer.value and "curl …" in form.answer.value


def test_the_test_button_tests(form, gateway):
    form.buttons["Test"].click()
    assert gateway.asked["httpMethod"] == "GET"
    assert "tested" in form.answer.value and "test-invoke-method" in form.answer.value


def test_the_map_is_drawn_anew_after_a_click_and_choices_stay(form, gateway):
    form.method.value, form.path.value, form.stage.value = "ANY /{hello+}", "/you", "test"
    gateway.resources["/new"] = {"GET": MOCK}
    gateway.deploy("third")
    form.buttons["Test"].click()
    assert "/new" in form.picture.value
    assert "GET /new" in form.method.options
    assert (form.method.value, form.path.value, form.stage.value) == ("ANY /{hello+}", "/you", "test")


def test_a_changed_method_is_still_the_chosen_one(form, gateway):
    form.method.value, form.path.value = "ANY /{hello+}", "/you"
    gateway.resources["/{hello+}"]["ANY"] = MOCK
    form.again.click()
    assert (form.method.value, form.path.value) == ("ANY /{hello+}", "/you")


def test_errors_are_sentences_in_the_form(form, gateway):
    form.headers.value = "nonsense"
    form.buttons["Send"].click()
    assert "is not a header: write one in each line, as name: value." in form.answer.value
    gateway.refuses = "NotFoundException"
    form.again.click()
    assert "NotFoundException (Invalid &lt;id&gt;)" in form.answer.value


def test_a_followed_map_is_drawn_after_each_call_that_changes_it(form, gateway, shown):
    gateway.resources["/new"] = {"GET": MOCK}
    gateway.called("PutMethod")
    assert "/new" not in form.picture.value
    shown.follow()
    assert form.follow.value
    gateway.called("GetResources")
    assert "/new" not in form.picture.value
    gateway.called("PutMethod")
    assert "/new" in form.picture.value
    shown.follow(False)
    assert gateway.hooks == {}


def test_a_closed_widget_is_followed_no_longer(form, gateway, shown):
    form.follow.value = True
    form.box.close()
    gateway.called("PutMethod")
    assert gateway.hooks == {}


def test_a_followed_map_that_is_gone_does_not_disturb_the_call_that_deleted_it(form, gateway):
    form.follow.value = True
    gateway.refuses = "NotFoundException"
    gateway.called("DeleteRestApi")
    assert "NotFoundException" in form.answer.value


def test_there_is_nothing_to_follow_before_the_map_is_shown(shown):
    with pytest.raises(LabError, match="no widget to redraw yet"):
        shown.follow()


def test_styles_follow_the_theme_and_parts_have_names_for_tests_in_a_browser(form):
    assert "var(--jp-layout-color1" in form.box.children[0].value
    names = {
        name for part in (form.picture, form.open, form.fields, *form.buttons.values()) for name in part._dom_classes
    }
    assert names >= {"lab-api-picture", "lab-api-open", "lab-api-fields", "lab-api-send", "lab-api-test"}
