"""Catalogue and executed notebooks → the pages of the site, assembled in ``build/``.

Page functions are pure: values in, pairs of address and Markdown out. Only ``execution``,
``cache``, ``recording``, ``assembly``, ``building`` and ``serving`` touch files, kernels or
sockets. This room must not know how messages are parsed: it asks ``schemas`` for outlines and
``intake`` for readable text.
"""

from __future__ import annotations

from memhon.site.building import build
from memhon.site.checkout import Checkout
from memhon.site.serving import serve

__all__ = ["Checkout", "build", "serve"]
