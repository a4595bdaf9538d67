from lxml import etree

from memhon.soap import Correlation, write_answer, write_request

CORRELATION = Correlation("MemHon", "Bac à sable", "Essai -- local", "Id-" + "ab" * 12)
BARE = '<n:a xmlns:n="urn:n" xmlns:unused="urn:unused"><n:b>1</n:b></n:a>'
LAID_OUT = '<n:a xmlns:n="urn:n">\n   <n:b> 1 </n:b>\n</n:a>'


def test_a_request_carries_its_model():
    data = write_request(etree.fromstring(BARE), model_uid="M-1").decode()
    assert data.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<soapenv:Envelope ')
    assert '<sync:RequestInfo xmlns:sync="http://ws.mysecu.lu/generic/sync" modelUID="M-1">' in data
    assert "<soapenv:Header/>" in data


def test_an_answer_begins_with_declaration_and_comment():
    data = write_answer(etree.fromstring(BARE), correlation=CORRELATION, body_id="Id-1").decode()
    assert data.split("\n")[:6] == [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<!--MemHon",
        "Bac à sable",
        "Essai - - local",
        f"Correlation-ID: {CORRELATION.id}-->",
        '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">',
    ]
    assert 'wsu:Id="Id-1"' in data
    assert "modelUID" not in data


def test_declarations_that_nothing_uses_are_kept():
    data = write_answer(etree.fromstring(BARE), correlation=CORRELATION, body_id="Id-1").decode()
    assert '<n:a xmlns:n="urn:n" xmlns:unused="urn:unused">' in data


def test_a_message_on_one_line_is_laid_out_and_another_left_alone():
    assert b"\n        <n:b>1</n:b>\n      </n:a>" in write_request(
        etree.fromstring(BARE), model_uid="M"
    )
    assert LAID_OUT.encode() in write_request(etree.fromstring(LAID_OUT), model_uid="M")


def test_the_tree_given_is_left_as_it_was():
    tree = etree.fromstring(f"<outside>{BARE}tail</outside>")
    before = etree.tostring(tree)
    write_request(tree[0], model_uid="M")
    assert etree.tostring(tree) == before
