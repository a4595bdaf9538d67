"""Keys, signatures, assertions and tokens: made, read and verified; knows no webservice.

Signing profiles come from the catalogue. This room must not know HTTP, nor what a message says,
nor where a sandbox keeps its state.
"""
