"""Request 2022_CNS_MEMHON_DEPOT-V1.

Generated from xsd/memhon_xsd/ra/2022_CNS_MEMHON_DEPOT-REQ-V1.xsd by `memhon bindings regenerate` (xsdata 26.10). Never edit by hand.
"""

from .mod_2022_cns_memhon_depot_req_v1 import (
    MemoireHonoraire,
    TAccident,
    TActe,
    TAdresse,
    TAssure,
    TControles,
    TEntete,
    TFooter,
    TLibre,
    TMemoireHonoraires,
    TPaiement,
    TPatient,
    TPeriode,
    TPrestataire,
    TPrestation,
    TPrestationCodeH,
)

__all__ = [
    "TAccident",
    "TActe",
    "TAdresse",
    "TAssure",
    "TControles",
    "TEntete",
    "TFooter",
    "TLibre",
    "TMemoireHonoraires",
    "TPaiement",
    "TPatient",
    "TPeriode",
    "TPrestataire",
    "TPrestation",
    "TPrestationCodeH",
    "MemoireHonoraire",
]
