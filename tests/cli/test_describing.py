"""The parser as values, and the closing text that is written and read at one place."""

import argparse

from memhon.cli.closing import closing, codes_of, examples_of
from memhon.cli.describing import describe
from memhon.cli.exits import Exit
from memhon.cli.main import VERBS, parser
from memhon.site.commands import Option


def test_a_closing_text_is_read_as_it_was_written():
    codes = {
        Exit.FINE: "tout est " + "bon " * 30 + "ici",
        Exit.UNDECIDED: "indécis, aucun non valide",
    }
    text = closing(("memhon a", "memhon b | memhon c"), codes)
    assert examples_of(text) == ("memhon a", "memhon b | memhon c")
    assert codes_of(text) == tuple(codes.items())
    assert max(len(line) for line in text.splitlines()) <= 100


def test_a_closing_text_without_codes_has_none():
    text = closing(("memhon a",))
    assert (examples_of(text), codes_of(text)) == (("memhon a",), ())
    assert (examples_of(""), codes_of("")) == ((), ())


def test_options_are_read_from_the_parser():
    made = argparse.ArgumentParser(prog="m", description="d")
    made.add_argument("files", nargs="+", metavar="FICHIER", help="quoi")
    made.add_argument("--jobs", "-j", type=int, default=1, metavar="N", help="de %(default)s")
    made.add_argument("--format", choices=("a", "b"), default="a", help="forme")
    made.add_argument("--all", action="store_true", help="tout")
    made.add_argument("--hidden", help=argparse.SUPPRESS)
    assert describe(made).options == (
        Option((), "files", "FICHIER", "", (), True, True, "quoi"),
        Option(("--jobs", "-j"), "jobs", "N", "1", (), False, False, "de 1"),
        Option(("--format",), "format", "a|b", "a", ("a", "b"), False, False, "forme"),
        Option(("--all",), "all", "", "", (), False, False, "tout"),
    )


def test_the_tree_of_commands_is_the_parsers():
    found = describe(parser())
    assert [command.name for command in found.subcommands] == [f"memhon {verb}" for verb in VERBS]
    assert [each.name for each in found.walk() if each.name.startswith("memhon site")] == [
        "memhon site",
        "memhon site build",
        "memhon site serve",
    ]
