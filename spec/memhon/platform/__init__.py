"""The exchange platform for the RA: REST, file rules, hand-over to the synchronous exchange.

It must not know how the synchronous exchange decides: it is one of its clients, over the wire.
"""
