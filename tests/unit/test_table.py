"""Tables."""

from helpers.table import Table


def test_columns_line_up_and_lines_have_no_trailing_spaces():
    assert repr(Table(("Lab", "Done"), [("00", "1 of 3"), ("hello", "x")])) == "Lab    Done\n00     1 of 3\nhello  x"


def test_html_escapes_its_cells():
    assert ">&lt;b&gt;</td>" in Table(("a",), [("<b>",)])._repr_html_()
