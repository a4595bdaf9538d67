"""Executed notebooks as parts of pages."""

import nbformat
from nbformat import v4

from memhon.site.notebook import download, part


def executed(*cells):
    return v4.new_notebook(cells=list(cells))


def code(source, *outputs, count=1):
    return v4.new_code_cell(source, outputs=list(outputs), execution_count=count)


def test_the_title_goes_and_headings_sink_by_one():
    text = part(
        executed(v4.new_markdown_cell("# Titre\n\nPhrase.\n\n## Suite\n\n```\n# code\n```"))
    )
    assert text == "Phrase.\n\n### Suite\n\n```\n# code\n```\n"


def test_a_cell_has_its_source_and_its_output():
    stream = v4.new_output("stream", name="stdout", text="un\ndeux\n")
    text = part(executed(code("print(1)", stream)))
    assert '``` { .python title="Entrée 1" }\nprint(1)\n```' in text
    assert '<div class="nb-out" markdown="1" role="group"' in text
    assert "``` { .text }\nun\ndeux\n```" in text


def test_markdown_is_preferred_to_text():
    data = {"text/plain": "<obj>", "text/markdown": "```xml\n<a/>\n```"}
    text = part(executed(code("a", v4.new_output("execute_result", data=data))))
    assert "```xml\n<a/>\n```" in text
    assert "obj" not in text


def test_a_cell_without_output_has_no_box():
    assert "nb-out" not in part(executed(code("a = 1")))


def test_an_error_is_a_box_with_its_trace_behind_a_click():
    error = v4.new_output(
        "error",
        ename="SoapFault",
        evalue="# refus\n- deux",
        traceback=["\x1b[31mTrace\x1b[0m", "fin"],
    )
    text = part(executed(code("boom()", error)))
    assert '!!! failure "Erreur attendue : SoapFault"' in text
    assert "    ``` { .text }\n    # refus\n    - deux\n    ```" in text
    assert '    ??? quote "Trace complète"' in text
    assert "        Trace\n        fin" in text
    assert "\x1b" not in text


def test_the_download_is_the_notebook_with_its_outputs():
    notebook = executed(code("1", v4.new_output("stream", name="stdout", text="1")))
    assert nbformat.reads(download(notebook).decode(), 4).cells[0].outputs[0].text == "1"
