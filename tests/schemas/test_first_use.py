"""libxml2 crashed now and then when the first schemas of a process were compiled at once."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from lxml import etree

from memhon.schemas import compiling
from memhon.schemas.source import tree

PATH = "mysecu/generic_sync.xsd"


def test_no_two_schemas_are_compiled_at_once(monkeypatch):
    lock, inside, most = threading.Lock(), [], []
    compile_schema = etree.XMLSchema

    def slowly(schema):
        with lock:
            inside.append(schema)
            most.append(len(inside))
        time.sleep(0.01)
        with lock:
            inside.remove(schema)
        return compile_schema(schema)

    monkeypatch.setattr(compiling.etree, "XMLSchema", slowly)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: compiling._compile(PATH, tree(PATH)), range(8)))
    assert [1] * 8 == most
