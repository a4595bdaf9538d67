"""Keys, signatures, assertions and tokens: made, read and verified; knows no webservice.

Signing profiles come from the catalogue. This room must not know HTTP, nor what a message says,
nor where a sandbox keeps its state.
"""

from memhon.security import assertions, authentication, instants, tokens
from memhon.security.assertions import Assertion, Holder
from memhon.security.authentication import Addresses, AuthenticationRequest
from memhon.security.authority import Authority, Defect
from memhon.security.chains import TrustStore
from memhon.security.dissection import Digested, Dissected, dissect
from memhon.security.header import Credentials, Token, Username, hashed, secure
from memhon.security.keys import KeyPair, fingerprint, load_pair, subject
from memhon.security.listing import ListedReference, ListedSignature, list_signatures
from memhon.security.names import PREFIXES
from memhon.security.parts import mysecu_token
from memhon.security.pki import IDENTITY_PROVIDER, MYSECU, PLATFORM, TLS, KeyFile, Pki
from memhon.security.stamps import (
    UsernameRead,
    check_not_future,
    check_stamp,
    has_username,
    read_username,
)
from memhon.security.tls import client_context, server_context
from memhon.security.verifying import Verified, only_security, unique_ids, verify, verify_enveloped

__all__ = [
    "IDENTITY_PROVIDER",
    "MYSECU",
    "PLATFORM",
    "PREFIXES",
    "TLS",
    "Addresses",
    "Assertion",
    "AuthenticationRequest",
    "Authority",
    "Credentials",
    "Defect",
    "Digested",
    "Dissected",
    "Holder",
    "KeyFile",
    "KeyPair",
    "ListedReference",
    "ListedSignature",
    "Pki",
    "Token",
    "TrustStore",
    "Username",
    "UsernameRead",
    "Verified",
    "assertions",
    "authentication",
    "check_not_future",
    "check_stamp",
    "client_context",
    "dissect",
    "fingerprint",
    "has_username",
    "hashed",
    "instants",
    "list_signatures",
    "load_pair",
    "mysecu_token",
    "only_security",
    "read_username",
    "secure",
    "server_context",
    "subject",
    "tokens",
    "unique_ids",
    "verify",
    "verify_enveloped",
]
