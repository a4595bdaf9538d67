"""Our canonical form, with every setting open, against that of libxml2."""

from random import Random

import pytest
from lxml import etree

import resigning
from memhon.security.diagnosis.nodes import Tree
from memhon.security.diagnosis.serial import Method, canonical

_LISTS = ((), ("saml2",), ("soapenv", "sync", "wsse"), ("#default", "a", "b"), ("ds", "wsu", "c"))


def _same(data, exclusive, prefixes, comments):
    root = etree.fromstring(data)
    tree = Tree(root, data, "UTF-8")
    method = Method(exclusive=exclusive, prefixes=prefixes, comments=comments)
    for element in root.iter(etree.Element):
        node = tree.of(element)
        made = b"".join(canonical(node, tree.scope(node), method))
        expected = etree.tostring(
            element,
            method="c14n",
            exclusive=exclusive,
            with_comments=comments,
            inclusive_ns_prefixes=list(prefixes) or None if exclusive else None,
        )
        assert expected == made


@pytest.mark.parametrize("name", resigning.NAMES)
@pytest.mark.parametrize("prefixes", _LISTS)
def test_messages_of_the_chain(name, prefixes):
    _same(resigning.messages()[name], True, prefixes, False)


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("comments", [False, True])
def test_odd_documents(seed, comments):
    kind = b"<!DOCTYPE r [<!ATTLIST x y CDATA '#default'>]>"
    data = kind + _element(Random(seed), "r", 3, {}, ["", "a", "b", "c"])
    for prefixes in _LISTS:
        _same(data, True, prefixes, comments)
    # libxml2's inclusive form undoes a default namespace where nobody asked for it
    _same(kind + _element(Random(seed), "r", 3, {}, ["a", "b", "c"]), False, (), comments)


def _element(random, name, depth, scope, prefixes):
    scope, declared = dict(scope), b""
    for prefix in random.sample(prefixes, random.randrange(3)):
        uri = random.choice(["urn:1", "urn:2", "urn:3"] + [""] * (not prefix))
        if scope.get(prefix, "") == uri:
            continue  # libxml2 at times repeats what is declared twice
        scope[prefix] = uri
        declared += f' xmlns{prefix and ":" + prefix}="{uri}"'.encode()
    known = [prefix for prefix in scope if prefix]
    prefix = random.choice(["", *known])
    label = f"{prefix}:{name}" if prefix else name
    attributes = {random.choice(["y", "x"]): "&lt;&quot;&#13;&#10;&#9;>'"}
    if known:
        attributes[f"{random.choice(known)}:{random.choice('uv')}"] = "é"
    written = "".join(f' {key}="{value}"' for key, value in attributes.items())
    inside = b"".join(_inside(random, depth, scope, prefixes) for _ in range(random.randrange(5)))
    return f"<{label}{written}".encode() + declared + b">" + inside + f"</{label}>".encode()


def _inside(random, depth, scope, prefixes):
    pieces = [
        "text &amp; > ]] é",
        "<!-- remark -->",
        "<?target some  data?>",
        "<?bare?>",
        "&#13;\n",
    ]
    pieces.append("<![CDATA[<&>]]>")
    if depth and random.random() < 0.6:
        return _element(random, random.choice("xyz"), depth - 1, scope, prefixes)
    return random.choice(pieces).encode()


def test_the_source_of_every_element():
    data = (
        '\ufeff<?xml version="1.0" encoding="UTF-8"?><!-- <no/> --><a b="1>2" c=\'"<\'.>'.replace(
            "'\"<'.", "'\"'"
        )
        + "<b/><![CDATA[<x>]]><c ><d\n/>é</c ><?p <q>?></a >"
    ).encode()
    root = etree.fromstring(data)
    tree = Tree(root, data, "UTF-8")
    found = {node.local: tree.source(node) for node in tree.root.walk()}
    inner = {node.local: tree.source(node, content=True) for node in tree.root.walk()}
    assert "<c ><d\n/>é</c >" == found["c"]
    assert ("<b/>", "<d\n/>") == (found["b"], found["d"])
    assert ("", "<d\n/>é") == (inner["b"], inner["c"])
    assert found["a"].startswith('<a b="1>2"')
    assert found["a"].endswith("<?p <q>?></a >")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_the_source_in_any_encoding(encoding):
    data = f'<?xml version="1.0" encoding="{encoding}"?><a><b>é</b></a>'.encode(encoding)
    tree = Tree(etree.fromstring(data), data, encoding.upper())
    assert "<b>é</b>" == tree.source(tree.root.elements[0])
