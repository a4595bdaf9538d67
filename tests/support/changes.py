"""Single changes of a message: of its structure, its names, its attributes and its values."""

from __future__ import annotations

import copy
import re
import string
from collections.abc import Callable
from random import Random

from lxml import etree

import odd_values

XSI = "http://www.w3.org/2001/XMLSchema-instance"
XS = "http://www.w3.org/2001/XMLSchema"
XML = "http://www.w3.org/XML/1998/namespace"
CNS = "http://www.secu.lu/ciss/cns"
NAMESPACES = (None, CNS, f"{CNS}/commonTypes", "urn:essai")
Element = etree._Element
Mutation = Callable[[Random, Element], None]

_SIGNATURE = (
    '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="s"><ds:SignedInfo>x'
    "</ds:SignedInfo></ds:Signature>"
)
_FOREIGN = (_SIGNATURE, '<s:Sceau xmlns:s="urn:essai">a<s:b/></s:Sceau>', '<b xmlns=""/>')
_TYPES = ("string", "integer", "positiveInteger", "byte", "date", "boolean", "decimal", "anyType")


def _elements(root: Element) -> list[Element]:
    return list(root.iter(etree.Element))


def _below(chance: Random, root: Element) -> Element:
    return chance.choice(_elements(root)[1:] or [root])


def _leaf(chance: Random, root: Element) -> Element:
    return chance.choice([e for e in _elements(root) if not len(e)] or [root])


def _local(element: Element) -> str:
    return etree.QName(element).localname


def _named(namespace: str | None, local: str) -> str:
    return f"{{{namespace}}}{local}" if namespace else local


def _renamed(element: Element, local: str) -> None:
    element.tag = _named(etree.QName(element).namespace, local)


def _parent(element: Element) -> Element:
    parent = element.getparent()
    return element if parent is None else parent


def _removed(chance: Random, root: Element) -> None:
    element = _below(chance, root)
    if element is not root:
        _parent(element).remove(element)


def _duplicated(chance: Random, root: Element) -> None:
    element = _below(chance, root)
    if element is not root:
        for _ in range(chance.choice([1, 1, 2])):
            element.addnext(copy.deepcopy(element))


def _swapped(chance: Random, root: Element) -> None:
    element = _below(chance, root)
    other = element.getnext()
    if other is not None:
        element.addprevious(other)


def _moved(chance: Random, root: Element) -> None:
    element, target = _below(chance, root), chance.choice(_elements(root))
    if element is not root and element not in (target, *target.iterancestors()):
        target.insert(chance.randint(0, len(target)), element)


def _copied(chance: Random, root: Element) -> None:
    target = chance.choice(_elements(root))
    target.insert(chance.randint(0, len(target)), copy.deepcopy(_below(chance, root)))


def _misspelt(chance: Random, root: Element) -> None:
    element = chance.choice(_elements(root))
    name = _local(element)
    place = chance.randrange(len(name))
    letter = chance.choice(string.ascii_letters)
    spellings = (
        name[:place] + letter + name[place + 1 :] if place else letter + name,
        name[: place + 1] + name[place:],
        name.lower(),
        name.swapcase(),
        name[:1].swapcase() + name[1:],
    )
    _renamed(element, chance.choice(spellings))


def _named_after_another(chance: Random, root: Element) -> None:
    _renamed(_below(chance, root), _local(_below(chance, root)))


def _other_namespace(chance: Random, root: Element) -> None:
    element = chance.choice(_elements(root))
    element.tag = _named(chance.choice(NAMESPACES), _local(element))


def _all_in_one_namespace(chance: Random, root: Element) -> None:
    namespace = chance.choice(NAMESPACES[:3])
    for element in _elements(root)[1:]:
        element.tag = _named(namespace, _local(element))


def _attribute(chance: Random, root: Element) -> None:
    names = ("a", "{urn:essai}a", _named(CNS, "a"), f"{{{XML}}}lang", f"{{{XML}}}space")
    chance.choice(_elements(root)).set(chance.choice(names), "fr")


def _hint(chance: Random, root: Element) -> None:
    name = chance.choice(["schemaLocation", "noNamespaceSchemaLocation"])
    value = "absent.xsd" if name.startswith("no") else "urn:essai absent.xsd"
    chance.choice(_elements(root)).set(_named(XSI, name), value)


def _nil(chance: Random, root: Element) -> None:
    element = chance.choice(_elements(root))
    element.set(_named(XSI, "nil"), chance.choice(["true", "false", "1", " true ", "oui"]))
    if chance.random() < 0.5:
        _without_content(element)


def _typed(chance: Random, root: Element) -> None:
    prefix = root.prefix or next(iter(key for key in root.nsmap if key), "xs")
    names = [f"{prefix}:T_{_local(e)[:1].upper()}{_local(e)[1:]}" for e in _elements(root)]
    names += [f"{prefix}:{name}" for name in ("T_Montant", "T_Adresse", "T_Patient", "T_Rien")]
    names += [f"xs:{name}" for name in _TYPES] * 2 + [" xs:string ", "string", "rien:x", "a b", ""]
    chance.choice(_elements(root)).set(_named(XSI, "type"), chance.choice(names))


def _text_between(chance: Random, root: Element) -> None:
    element = chance.choice(_elements(root))
    text = chance.choice(["x", " ", "\n  ", "\u00a0", "\t", "0"])
    if element is not root and chance.random() < 0.5:
        element.tail = text
    else:
        element.text = text + (element.text or "")


def _borderline_value(chance: Random, root: Element) -> None:
    element = _leaf(chance, root)
    element.text = chance.choice(odd_values.for_value(element.text or ""))


def _any_value(chance: Random, root: Element) -> None:
    _leaf(chance, root).text = chance.choice(odd_values.ALL)


def _padded(chance: Random, root: Element) -> None:
    element = _leaf(chance, root)
    before, after = (chance.choice(["", " ", "\n", "\t ", "\r", "\u00a0"]) for _ in range(2))
    element.text = before + (element.text or "") + after


def _split_by_space(chance: Random, root: Element) -> None:
    element = _leaf(chance, root)
    text = element.text or "  "
    place = chance.randint(0, len(text))
    element.text = text[:place] + chance.choice([" ", "\n", "\u2009", "  "]) + text[place:]


def _longer(chance: Random, root: Element) -> None:
    element = _leaf(chance, root)
    element.text = (element.text or "") + chance.choice(["x", "9", "0", "\n", "é", "😀", "x" * 300])


def _shorter(chance: Random, root: Element) -> None:
    element = _leaf(chance, root)
    element.text = (element.text or "")[: -chance.choice([1, 1, 2, 5])]


def _one_character(chance: Random, root: Element) -> None:
    element = _leaf(chance, root)
    text = element.text or "0"
    place = chance.randrange(len(text))
    new = chance.choice(odd_values.CHARACTERS)
    element.text = text[:place] + new + text[place + 1 :]


def _other_digits(chance: Random, root: Element) -> None:
    elements = [e for e in _elements(root) if re.search(r"[0-9]", e.text or "")] or [root]
    element = chance.choice(elements)
    table = chance.choice(odd_values.DIGITS)
    element.text = (element.text or "0").translate(table)


def _child(chance: Random, root: Element) -> None:
    element = chance.choice(_elements(root))
    name = _named(chance.choice(NAMESPACES), chance.choice(["rien", _local(element), _local(root)]))
    element.insert(chance.randint(0, len(element)), etree.Element(name))


def _foreign(chance: Random, root: Element) -> None:
    places = [e for e in _elements(root) if _local(e).lower() in ("signature", "extension2")]
    element = chance.choice(places * 4 + _elements(root))
    foreign = etree.fromstring(chance.choice(_FOREIGN))
    if chance.random() < 0.3:
        _without_content(element)
    element.insert(chance.randint(0, len(element)), foreign)


def _emptied(chance: Random, root: Element) -> None:
    element = chance.choice(_elements(root))
    _without_content(element)
    element.text = chance.choice([None, "", " "])


def _cdata(chance: Random, root: Element) -> None:
    element = chance.choice(_elements(root))
    element.text = etree.CDATA(element.text or chance.choice([" ", "x"]))


def _remark(chance: Random, root: Element) -> None:
    element = chance.choice(_elements(root))
    node = chance.choice([etree.Comment("c"), etree.ProcessingInstruction("p", "q")])
    text = element.text or ""
    element.text, node.tail = text[: len(text) // 2], text[len(text) // 2 :]
    element.insert(0, node)


def _default_namespace(chance: Random, root: Element) -> None:
    element = chance.choice(_elements(root))
    other = etree.Element(element.tag, nsmap={None: chance.choice([CNS, "urn:essai"])})
    other.text = element.text
    other.extend(list(element))
    if element is not root:
        other.tail = element.tail
        _parent(element).replace(element, other)


def _without_content(element: Element) -> None:
    for child in list(element):
        element.remove(child)
    element.text = None


MUTATIONS: dict[str, Mutation] = {
    "removed": _removed,
    "duplicated": _duplicated,
    "swapped": _swapped,
    "moved": _moved,
    "copied": _copied,
    "misspelt": _misspelt,
    "named-after-another": _named_after_another,
    "other-namespace": _other_namespace,
    "all-in-one-namespace": _all_in_one_namespace,
    "attribute": _attribute,
    "hint": _hint,
    "nil": _nil,
    "typed": _typed,
    "text-between": _text_between,
    "borderline-value": _borderline_value,
    "any-value": _any_value,
    "padded": _padded,
    "split-by-space": _split_by_space,
    "longer": _longer,
    "shorter": _shorter,
    "one-character": _one_character,
    "other-digits": _other_digits,
    "child": _child,
    "foreign": _foreign,
    "emptied": _emptied,
    "cdata": _cdata,
    "remark": _remark,
    "default-namespace": _default_namespace,
}
