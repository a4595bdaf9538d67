"""Request 2022_CNS_MEMHON_ANNUL-V1.

Generated from xsd/memhon_xsd/ra/2022_CNS_MEMHON_ANNUL-REQ-V3.xsd by `memhon bindings regenerate` (xsdata 26.10). Never edit by hand.
"""

from .mod_2022_cns_memhon_annul_req_v3 import (
    AnnulationMemoireHonoraire,
    TAnnulationMemoireHonoraires,
)

__all__ = [
    "TAnnulationMemoireHonoraires",
    "AnnulationMemoireHonoraire",
]
