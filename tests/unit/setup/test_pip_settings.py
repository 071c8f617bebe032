import os
import subprocess

from helpers.setup import components
from helpers.setup.pip_settings import for_uv, parse

LISTING = """\
:env:.cert='/env.pem'
global.cert='/file.pem'
global.extra-index-url='file:///one file:///two'
global.index-url='file:///main'
install.find-links='/wheels /more'
WARNING: something = else
"""


def test_pip_s_listing_is_read_and_the_environment_beats_the_file():
    assert parse(LISTING) == {
        "cert": "/env.pem",
        "extra-index-url": "file:///one file:///two",
        "index-url": "file:///main",
        "find-links": "/wheels /more",
    }


def test_an_install_setting_beats_a_global_one_in_any_order():
    assert parse("install.timeout='5'\nglobal.timeout='9'") == {"timeout": "5"}


def test_uv_is_told_what_pip_was_told():
    assert for_uv(parse(LISTING), {}) == {
        "UV_INDEX": "file:///main file:///one",
        "UV_DEFAULT_INDEX": "file:///two",
        "UV_FIND_LINKS": "/wheels,/more",
        "SSL_CERT_FILE": "/env.pem",
    }


def test_the_main_index_is_asked_first_and_the_last_one_last(tmp_path):
    """As uv reads it: a release that the main index lacks is not taken from another one that has it."""
    for folder, version in (("main", "1.0"), ("other", "2.0")):
        page = tmp_path / folder / "greeting" / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(f'<a href="greeting-{version}-py3-none-any.whl">greeting-{version}-py3-none-any.whl</a>')
    told = for_uv({"index-url": f"file://{tmp_path}/main", "extra-index-url": f"file://{tmp_path}/other"}, {})
    asked = [components.UV, "pip", "compile", "--offline", "--no-cache", "--no-header", "--quiet", "-"]
    environ = {"PATH": os.environ["PATH"], **told}
    answer = subprocess.run(asked, input="greeting==2.0", env=environ, capture_output=True, text=True)
    assert answer.returncode and "no version of greeting==2.0" in answer.stderr


def test_without_a_main_index_others_are_not_asked_for_what_the_public_one_has():
    assert for_uv({"extra-index-url": "file:///one file:///two"}, {}) == {}


def test_no_index_means_none():
    assert for_uv({"no-index": "true", "index-url": "file:///main", "find-links": "/wheels"}, {}) == {
        "UV_DEFAULT_INDEX": "file:///nowhere",
        "UV_FIND_LINKS": "/wheels",
    }


def test_what_is_set_for_uv_wins_under_its_new_name_and_its_old_one():
    settings = {"index-url": "file:///pip", "cert": "/pip.pem"}
    assert for_uv(settings, {"UV_DEFAULT_INDEX": "file:///uv", "SSL_CERT_FILE": "/uv.pem"}) == {}
    assert for_uv(settings, {"UV_INDEX_URL": "file:///uv", "SSL_CERT_FILE": "/uv.pem"}) == {}


def test_a_proxy_of_pip_s_is_used_unless_the_environment_names_one():
    assert for_uv({"proxy": "http://127.0.0.1:3128"}, {}) == {"ALL_PROXY": "http://127.0.0.1:3128"}
    assert for_uv({"proxy": "http://127.0.0.1:3128"}, {"https_proxy": "http://127.0.0.1:9"}) == {}


def test_no_pip_configuration_means_nothing_to_tell():
    assert for_uv(parse(""), {}) == {}
