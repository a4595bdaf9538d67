"""Response 2023-CNS-PID-CON-V1.

Generated from xsd/memhon_xsd/pid/2023_CNS_PID_CON-RES-V1.xsd by `memhon bindings regenerate` (xsdata 26.10). Never edit by hand.
"""

from .mod_2023_cns_pid_common_v1 import (
    Motif,
    TActe,
    TAnomalie,
)
from .mod_2023_cns_pid_con_res_v1 import (
    ContestationSimulationMedecinRetour,
    TContestationSimulationMedecinRetour,
)

__all__ = [
    "TActe",
    "TAnomalie",
    "Motif",
    "TContestationSimulationMedecinRetour",
    "ContestationSimulationMedecinRetour",
]
