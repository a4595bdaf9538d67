"""Words → calls → exit code; one file a verb, no logic of its own.

A verb parses, calls one room, prints, and returns a named exit code. It must not know XML.
"""
