"""Code as it is shown."""

from helpers.jupyter.code_block import CodeBlock

BLOCK = CodeBlock("Solution 1.1: Ask", "print(42)", f"{'word ' * 30}`end`.\n\nAnother paragraph.")


def test_a_notebook_shows_heading_prose_and_highlighted_code():
    heading, prose, other, code = BLOCK._repr_markdown_().split("\n\n")
    assert (heading, other, code) == ("**Solution 1.1: Ask**", "Another paragraph.", "```python\nprint(42)\n```")
    assert prose.endswith("`end`.")


def test_text_has_the_same_in_lines_that_can_be_read():
    text = repr(BLOCK)
    assert text.startswith("Solution 1.1: Ask\n\nword") and text.endswith("`end`.\n\nAnother paragraph.\n\nprint(42)")
    assert max(map(len, text.splitlines())) <= 100


def test_code_with_a_fence_in_it_stays_in_one_block():
    assert CodeBlock("a", "````", "")._repr_markdown_().endswith("`````python\n````\n`````")
