"""Response 2022_CNS_MEMHON_DEPOT-V1.

Generated from xsd/memhon_xsd/ra/2022_CNS_MEMHON_DEPOT-RES-V1.xsd by `memhon bindings regenerate` (xsdata 26.10). Never edit by hand.
"""

from .mod_2022_cns_memhon_depot_res_v1 import (
    MemoireHonorairesRetour,
    TAnomalie,
    TMemoireHonorairesRetour,
    UuidPrestataire,
    UuidSecu,
)

__all__ = [
    "TAnomalie",
    "TMemoireHonorairesRetour",
    "UuidPrestataire",
    "UuidSecu",
    "MemoireHonorairesRetour",
]
