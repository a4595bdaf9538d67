"""Bindings of all messages, one package for each schema file.

Generated from xsd/memhon_xsd by `memhon bindings regenerate` (xsdata 26.10). Never edit by hand.
"""
