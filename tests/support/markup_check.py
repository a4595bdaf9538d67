"""What html-validate says about files of the built site."""

import json
import subprocess
import tempfile
from pathlib import Path

import npm

_SETTINGS = {"root": True, "extends": ["html-validate:standard"]}


def complaints(files: list[Path]) -> dict[str, list[str]]:
    """Give, for each file, the rule, selector and message of everything that is not valid.

    Args:
        files: HTML files; all are judged in one process.
    """
    tool = npm.fetched("html-validate")
    settings = tool.folder / "settings.json"
    settings.write_text(json.dumps(_SETTINGS), encoding="utf-8")
    script = tool.modules / "html-validate" / "bin" / "html-validate.mjs"
    command = [npm.node(), str(script), "-c", str(settings), "-f", "json", *map(str, files)]
    # Into a file: node cuts what it still has to write to a pipe when the program exits.
    with tempfile.TemporaryFile("w+", encoding="utf-8") as output:
        done = subprocess.run(
            command, cwd=tool.folder, stdout=output, stderr=subprocess.PIPE, text=True, check=False
        )
        assert done.returncode in {0, 1}, done.stderr
        output.seek(0)
        answer = json.load(output)
    return {
        told["filePath"]: [
            f"{m['ruleId']} {m.get('selector') or ''}: {m['message']}" for m in told["messages"]
        ]
        for told in answer
    }
