"""The page of the command line, made from what its parser declares."""

from __future__ import annotations

from memhon.site.commands import Command, Option
from memhon.site.markup import Page, cell, code, fence, front_matter, slug, table

PAGE = "reference/ligne-de-commande.md"
_INTRO = (
    "Cette page est faite des déclarations de la commande elle-même. `--help` après toute commande "
    "en donne l'essentiel dans le terminal."
)
_SEVERAL = (
    "Le code ne compte jamais les anomalies. Sur plusieurs fichiers, le plus grave l'emporte : "
    "4, puis 1, puis 3, puis 0."
)


def command_page(command: Command) -> Page:
    """One section for each command below the given one, e.g. ``memhon site build``.

    Args:
        command: The whole command line; its own exit codes hold wherever a command names none.
    """
    parts = [
        front_matter("Ligne de commande", "Les commandes de memhon, leurs options et leurs codes."),
        "# Ligne de commande",
        _INTRO,
        _contents(command),
        *(_section(each) for each in command.walk()),
    ]
    return Page(PAGE, "\n\n".join(part for part in parts if part) + "\n")


def command_anchor(command: Command) -> str:
    """Id of the section of a command, e.g. ``memhon-site-build``."""
    return slug(command.name)


def option_anchor(command: Command, option: Option) -> str:
    """Id of an option: its longest spelling, or the name of a word that has no hyphens."""
    end = max(option.flags, key=len) if option.flags else f"-{slug(option.name)}"
    return f"{command_anchor(command)}{end}"


def _contents(command: Command) -> str:
    rows = [
        (f'<a href="#{command_anchor(each)}">{code(each.name)}</a>', cell(each.help))
        for each in command.walk()
        if not each.subcommands
    ]
    return table(("Commande", "Effet"), rows)


def _section(command: Command) -> str:
    parts = [
        f"## {command.name} {{ #{command_anchor(command)} }}",
        cell(command.description),
        _below(command) if command.subcommands else fence(_usage(command), "text"),
        _options(command),
        _examples(command),
        _codes(command),
    ]
    return "\n\n".join(part for part in parts if part)


def _below(command: Command) -> str:
    names = (
        f'<a href="#{command_anchor(each)}">{code(each.name)}</a>' for each in command.subcommands
    )
    return "Commandes : " + ", ".join(names) + "."


def _usage(command: Command) -> str:
    words = [command.name]
    if any(option.flags and not option.required for option in command.options):
        words.append("[options]")
    words += [option.spelling for option in command.options if option.flags and option.required]
    words += [_word(option) for option in command.options if not option.flags]
    return " ".join(words)


def _word(option: Option) -> str:
    return option.spelling if option.required else f"[{option.spelling}]"


def _options(command: Command) -> str:
    if not command.options:
        return ""
    rows = [
        (_option(command, option), _value(option), cell(option.help)) for option in command.options
    ]
    return table(("Option", "Par défaut", "Effet"), rows)


def _option(command: Command, option: Option) -> str:
    anchor = option_anchor(command, option)
    return f'<a class="field-link" id="{anchor}" href="#{anchor}">{_spelling(option)}</a>'


def _spelling(option: Option) -> str:
    return code(option.spelling).replace("|", "&#124;")


def _value(option: Option) -> str:
    if option.required:
        return "obligatoire"
    return code(option.default) if option.default else "–"


def _examples(command: Command) -> str:
    if not command.examples:
        return ""
    return fence("\n".join(command.examples), "sh", "Exemple" + "s" * (len(command.examples) > 1))


def _codes(command: Command) -> str:
    if not command.codes:
        return ""
    rows = [(code(str(number)), cell(meaning)) for number, meaning in command.codes]
    listed = table(("Code de retour", "Sens"), rows)
    return f"{listed}\n\n{_SEVERAL}" if command.subcommands else listed
