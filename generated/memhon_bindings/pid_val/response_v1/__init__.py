"""Response 2023-CNS-PID-VAL-V1.

Generated from xsd/memhon_xsd/pid/2023_CNS_PID_VAL-RES-V1.xsd by `memhon bindings regenerate` (xsdata 26.10). Never edit by hand.
"""

from .mod_2023_cns_pid_common_v1 import (
    Motif,
    TActe,
    TAnomalie,
)
from .mod_2023_cns_pid_val_res_v1 import (
    PaiementMedecinRetour,
    TPaiementMedecinRetour,
)

__all__ = [
    "TActe",
    "TAnomalie",
    "Motif",
    "TPaiementMedecinRetour",
    "PaiementMedecinRetour",
]
