"""Bindings of all messages, one package for each schema file.

Generated from xsd/memhon_xsd by `memhon bindings regenerate` (xsdata 26.10). Never edit by hand.
"""

from xsdata.models.datatype import XmlDate, XmlDateTime, XmlTime

__all__ = ["XmlDate", "XmlDateTime", "XmlTime"]
