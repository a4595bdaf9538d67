"""Request 2023-CNS-PID-SIM-V1.

Generated from xsd/memhon_xsd/pid/2023_CNS_PID_SIM-REQ-V1.xsd by `memhon bindings regenerate` (xsdata 26.10). Never edit by hand.
"""

from .mod_2023_cns_pid_common_v1 import (
    Motif,
    TActe,
    TAnomalie,
)
from .mod_2023_cns_pid_sim_req_v1 import (
    SimulationMedecin,
    TLignesUta,
    TLigneUta,
    TSimulationMedecin,
    TUta,
)

__all__ = [
    "TActe",
    "TAnomalie",
    "Motif",
    "TLigneUta",
    "TLignesUta",
    "TSimulationMedecin",
    "TUta",
    "SimulationMedecin",
]
