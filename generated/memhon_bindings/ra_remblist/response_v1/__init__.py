"""Response 2022_CNS_MEMHON_REMBLIST-V1.

Generated from xsd/memhon_xsd/ra/2022_CNS_MEMHON_REMBLIST-RES-V1.xsd by `memhon bindings regenerate` (xsdata 26.10). Never edit by hand.
"""

from .mod_2022_cns_memhon_remblist_res_v1 import (
    ListeRemboursementRetour,
    TAnomalie,
    TAnomalieType,
    TListeRemboursementRetour,
    TMemoireResume,
    TMemoireResumeStatut,
)

__all__ = [
    "TAnomalie",
    "TAnomalieType",
    "TListeRemboursementRetour",
    "TMemoireResume",
    "TMemoireResumeStatut",
    "ListeRemboursementRetour",
]
