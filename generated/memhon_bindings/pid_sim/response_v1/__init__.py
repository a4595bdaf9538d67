"""Response 2023-CNS-PID-SIM-V1.

Generated from xsd/memhon_xsd/pid/2023_CNS_PID_SIM-RES-V1.xsd by `memhon bindings regenerate` (xsdata 26.10). Never edit by hand.
"""

from .mod_2023_cns_pid_common_v1 import (
    Motif,
    TActe,
    TAnomalie,
)
from .mod_2023_cns_pid_sim_res_v1 import (
    SimulationMedecinRetour,
    TLignesUtaretour,
    TLigneUtaretour,
    TSimulationMedecinRetour,
    TUtaretour,
)

__all__ = [
    "TActe",
    "TAnomalie",
    "Motif",
    "TLigneUtaretour",
    "TLignesUtaretour",
    "TSimulationMedecinRetour",
    "TUtaretour",
    "SimulationMedecinRetour",
]
