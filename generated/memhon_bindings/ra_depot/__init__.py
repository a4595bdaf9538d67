"""Bindings of 2022_CNS_MEMHON_DEPOT-V1, one package for each message and version.

Generated from xsd/memhon_xsd by `memhon bindings regenerate` (xsdata 26.10). Never edit by hand.
"""
