"""Response 2022_CNS_MEMHON_ANNUL-V1.

Generated from xsd/memhon_xsd/ra/2022_CNS_MEMHON_ANNUL-RES-V1.xsd by `memhon bindings regenerate` (xsdata 26.10). Never edit by hand.
"""

from .mod_2022_cns_memhon_annul_res_v1 import (
    AnnulationMemoireHonoraireRetour,
    TAnnulationMemoireHonoraireRetour,
    TAnomalie,
    TAnomalieType,
)

__all__ = [
    "TAnnulationMemoireHonoraireRetour",
    "TAnomalie",
    "TAnomalieType",
    "AnnulationMemoireHonoraireRetour",
]
