"""From the parser to values: what each command takes, for the page of the command line."""

from __future__ import annotations

import argparse

from memhon.cli.closing import codes_of, examples_of
from memhon.site.commands import Command, Option

_SEVERAL = ("*", "+", argparse.REMAINDER)


def describe(parser: argparse.ArgumentParser, help: str = "") -> Command:  # noqa: A002 - argparse's word
    """A parser and everything below it, as values.

    Args:
        parser: The command.
        help: The line that the list of commands shows of it.
    """
    actions = parser._actions
    below = [action for action in actions if isinstance(action, argparse._SubParsersAction)]
    closing = parser.epilog or ""
    return Command(
        name=parser.prog,
        help=help,
        description=parser.description or "",
        options=tuple(_option(action) for action in actions if _is_told(action)),
        examples=examples_of(closing),
        codes=codes_of(closing),
        subcommands=tuple(command for action in below for command in _below(action)),
    )


def _below(action: argparse._SubParsersAction[argparse.ArgumentParser]) -> list[Command]:
    helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
    return [describe(parser, helps.get(name, "")) for name, parser in action.choices.items()]


def _is_told(action: argparse.Action) -> bool:
    if isinstance(action, (argparse._SubParsersAction, argparse._HelpAction)):
        return False
    return action.help != argparse.SUPPRESS


def _option(action: argparse.Action) -> Option:
    choices = tuple(str(choice) for choice in action.choices or ())
    return Option(
        flags=tuple(action.option_strings),
        name=action.dest,
        metavar=_metavar(action, choices),
        default=_default(action),
        choices=choices,
        required=action.required,
        repeated=action.nargs in _SEVERAL,
        help=(action.help or "") % vars(action),
    )


def _metavar(action: argparse.Action, choices: tuple[str, ...]) -> str:
    if action.nargs == 0:
        return ""
    if action.metavar is None:
        return "|".join(choices) or action.dest.upper()
    return action.metavar if isinstance(action.metavar, str) else " ".join(action.metavar)


def _default(action: argparse.Action) -> str:
    nothing = (None, False, argparse.SUPPRESS)
    return "" if action.nargs == 0 or action.default in nothing else str(action.default)
