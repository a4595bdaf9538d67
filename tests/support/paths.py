"""Where the message of each signing profile goes."""

from memhon.sandbox import EXCHANGE_PATH, IDENTITY_PATH, TOKEN_PATH

PATHS = {
    "authentication-request": IDENTITY_PATH,
    "token-request-saml": TOKEN_PATH,
    "token-request-username": TOKEN_PATH,
    "exchange-request-pid": EXCHANGE_PATH,
    "exchange-request-ra": EXCHANGE_PATH,
}
