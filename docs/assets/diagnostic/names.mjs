// URIs of WS-Security, XML Signature and SAML, to the letter of the wire.

const WSS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss";

/** Namespaces. */
export const SPACE = Object.freeze({
  addressing: "http://www.w3.org/2005/08/addressing",
  authorization: "http://schemas.xmlsoap.org/ws/2006/12/authorization",
  exclusive: "http://www.w3.org/2001/10/xml-exc-c14n#",
  policy: "http://schemas.xmlsoap.org/ws/2004/09/policy",
  saml: "urn:oasis:names:tc:SAML:2.0:assertion",
  samlProtocol: "urn:oasis:names:tc:SAML:2.0:protocol",
  security: `${WSS}-wssecurity-secext-1.0.xsd`,
  signature: "http://www.w3.org/2000/09/xmldsig#",
  soap: "http://schemas.xmlsoap.org/soap/envelope/",
  sync: "http://ws.mysecu.lu/generic/sync",
  trust: "http://docs.oasis-open.org/ws-sx/ws-trust/200512",
  utility: `${WSS}-wssecurity-utility-1.0.xsd`,
});

/** The prefixes with which the field writes requests. */
export const PREFIXES = Object.freeze({
  auth: SPACE.authorization,
  ds: SPACE.signature,
  ec: SPACE.exclusive,
  ns: SPACE.trust,
  saml2: SPACE.saml,
  saml2p: SPACE.samlProtocol,
  soapenv: SPACE.soap,
  sync: SPACE.sync,
  wsa: SPACE.addressing,
  wsp: SPACE.policy,
  wsse: SPACE.security,
  wsu: SPACE.utility,
});

const MORE = "http://www.w3.org/2001/04/xmldsig-more#";
export const ENVELOPED = `${SPACE.signature}enveloped-signature`;
export const EXCLUSIVE = SPACE.exclusive;
const DAY = ["2001", "03", "15"].join("");
export const INCLUSIVE = `http://www.w3.org/TR/2001/REC-xml-c14n-${DAY}`;
export const INCLUSIVES = [INCLUSIVE, "http://www.w3.org/2006/12/xml-c14n11"];

/** Digest URIs, accepted by a receiver or not, and the names of hashes. */
export const DIGEST_URIS = Object.freeze({
  "http://www.w3.org/2001/04/xmlenc#sha256": "sha256",
  "http://www.w3.org/2000/09/xmldsig#sha1": "sha1",
  "http://www.w3.org/2001/04/xmlenc#sha512": "sha512",
  [`${MORE}sha384`]: "sha384",
  [`${MORE}sha224`]: "sha224",
  [`${MORE}md5`]: "md5",
});

/** Signature URIs of RSA PKCS#1 v1.5. */
export const SIGNATURE_URIS = Object.freeze({
  [`${MORE}rsa-sha256`]: "sha256",
  "http://www.w3.org/2000/09/xmldsig#rsa-sha1": "sha1",
  [`${MORE}rsa-sha512`]: "sha512",
  [`${MORE}rsa-sha384`]: "sha384",
  [`${MORE}rsa-sha224`]: "sha224",
  [`${MORE}rsa-md5`]: "md5",
});

/**
 * A name in Clark notation.
 * @param {string} space
 * @param {string} local
 */
export function clark(space, local) {
  return `{${space}}${local}`;
}

export const BODY = clark(SPACE.soap, "Body");
export const HEADER = clark(SPACE.soap, "Header");
export const ENVELOPE = clark(SPACE.soap, "Envelope");
export const SECURITY = clark(SPACE.security, "Security");
export const BINARY_TOKEN = clark(SPACE.security, "BinarySecurityToken");
export const USERNAME_TOKEN = clark(SPACE.security, "UsernameToken");
export const ASSERTION = clark(SPACE.saml, "Assertion");
export const SIGNATURE = clark(SPACE.signature, "Signature");
