"""Request 2022_CNS_MEMHON_DOC-V1.

Generated from xsd/memhon_xsd/ra/2022_CNS_MEMHON_DOC-REQ-V1.xsd by `memhon bindings regenerate` (xsdata 26.10). Never edit by hand.
"""

from .mod_2022_cns_memhon_doc_req_v1 import (
    DemandeDocument,
    TDemandeDocument,
)

__all__ = [
    "TDemandeDocument",
    "DemandeDocument",
]
