"""Response 2022_CNS_MEMHON_REMBCONS-V1.

Generated from xsd/memhon_xsd/ra/2022_CNS_MEMHON_REMBCONS-RES-V1.xsd by `memhon bindings regenerate` (xsdata 26.10). Never edit by hand.
"""

from .mod_2022_cns_memhon_rembcons_res_v1 import (
    ConsentementRetour,
    TAnomalie,
    TAnomalieType,
    TConsentementRetour,
)

__all__ = [
    "TAnomalie",
    "TAnomalieType",
    "TConsentementRetour",
    "ConsentementRetour",
]
