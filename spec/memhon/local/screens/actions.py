"""What can be done on a screen: a form that the script sends, and the command that does it too."""

from __future__ import annotations

from memhon.local.screens.markup import Html, Node, el

NEEDS_SCRIPT = (
    "Ces réglages demandent JavaScript ; tout se lit sans, et la commande fait la même chose."
)


def action(
    method: str, path: str, *fields: Node, login: str = "", confirm: str = "", done: str = "Fait."
) -> Html:
    """A form that the script sends as JSON; hidden where there is none.

    Args:
        method: Of HTTP.
        path: Where it is sent.
        fields: Controls; a name is a key of the body.
        login: National number of the patient in whose name the platform is called.
        confirm: What is asked before; empty: nothing.
        done: What is said afterwards.
    """
    return el(
        "form",
        fields,
        class_="act",
        hidden=True,
        data_method=method,
        data_path=path,
        data_login=login or None,
        data_confirm=confirm or None,
        data_done=done,
    )


def button(text: str, *, id_: str, name: str = "", value: str = "", kind: str = "") -> Html:
    """What sends the form; may add a key to the body.

    Args:
        text: What it does.
        id_: Unique on the page: the focus comes back to it.
        name: Of the key.
        value: Of the key.
        kind: ``boolean`` or ``number`` where the value is no text.
    """
    return el(
        "button",
        text,
        type="submit",
        id=id_,
        name=name or None,
        value=value if name else None,
        data_kind=kind or None,
    )


def entry(label: str, name: str, value: str = "", *, kind: str = "", **more: str | int) -> Html:
    """A text to be typed; empty ones are left out of the body."""
    field = el(
        "input",
        id=f"f-{name}",
        name=name,
        value=value,
        data_kind=kind or None,
        autocomplete="off",
        **more,
    )
    return el("label", label, " ", field)


def choice(label: str, name: str, options: dict[str, str]) -> Html:
    """A choice of values; the empty one is left out of the body."""
    list_ = [el("option", text, value=value) for value, text in options.items()]
    return el("label", label, " ", el("select", list_, id=f"f-{name}", name=name))


def command(*lines: str) -> Html:
    """The same from a terminal."""
    told = [[el("code", line), " "] for line in lines]
    return el("p", "En ligne de commande : ", told, class_="soft command")


def without_script() -> Html:
    """What a reader without a script is told."""
    return el("noscript", el("p", NEEDS_SCRIPT, class_="partial"))
