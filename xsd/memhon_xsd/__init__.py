"""The contract: hand-written XSD and WSDL, the only source of every message; no code, no import.

MemHon's own description from public facts, not the official schemas. `ra/` and `pid/` hold one
file per message under the official file name where one is known, `mysecu/` the interface of the
synchronous exchange and of the token service. Only `memhon.schemas` and `memhon.codegen` open it.
"""
