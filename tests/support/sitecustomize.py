"""Loaded by every Python process that the tests start: the guard goes with them."""

import loopback

loopback.install()
