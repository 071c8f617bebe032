"""README's table of labs."""

from store_lab_table import README, TABLE, table


def test_readme_lists_the_labs_as_they_declare_themselves():
    assert TABLE.search(README.read_text(encoding="utf-8"))[0] == table()
