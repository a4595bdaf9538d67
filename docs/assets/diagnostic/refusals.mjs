// What the receiver refuses although every digest and value is right: it reads a signature strictly.

import { readCertificate } from "./certificates.mjs";
import { LENGTHS } from "./digests.mjs";
import { cause, make } from "./findings.mjs";
import { all, signaturesOf, textOf } from "./lenient.mjs";
import {
  BINARY_TOKEN, DIGEST_URIS, ENVELOPED, EXCLUSIVE, SECURITY, SIGNATURE_URIS, SPACE, clark,
} from "./names.mjs";
import { fromBase64 } from "./octets.mjs";
import { idsOf } from "./places.mjs";

/** @typedef {import("./nodes.mjs").Node} Node */
/** @typedef {import("./nodes.mjs").Tree} Tree */

const MOST_REFERENCES = 16;
const MOST_PREFIXES = 64;
const ACCEPTED = ["sha256", "sha384", "sha512"];
const VALUE_TYPES = /-x509-token-?profile-1\.0#X509v3$/;
const DS = (/** @type {string} */ local) => clark(SPACE.signature, local);

/** Carries the finding of a refusal. */
class Refused extends Error {
  /**
   * @param {string} id
   * @param {Node} node
   * @param {string} found
   * @param {string} [expected]
   */
  constructor(id, node, found, expected) {
    super(id);
    this.values = { id, node, found, expected };
  }
}

/**
 * The refusals of every signature, as causes.
 * @param {Tree} tree
 */
export function refusals(tree) {
  return signaturesOf(tree).flatMap((signature) => {
    try {
      named(strictly(signature), tree);
      return [];
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { id, node, found, expected } = error.values;
      const words = { line: tree.lines.get(node), element: node.local, found, expected };
      const finding = make(id, words);
      return [cause([finding], null, finding.found ?? "")];
    }
  });
}

/**
 * Read a signature as a receiver does.
 * @param {Node} signature
 * @returns {{signature: Node, keyInfo: Node | undefined}}
 */
function strictly(signature) {
  const parts = children(signature, ["SignedInfo", "SignatureValue", "KeyInfo"].map(DS));
  const info = one(parts, "SignedInfo", signature);
  const names = ["CanonicalizationMethod", "SignatureMethod", "Reference"].map(DS);
  const inside = children(info, names);
  const references = inside.get(DS("Reference")) ?? [];
  if (!references.length) throw malformed(info, "aucune Reference");
  if (references.length > MOST_REFERENCES) {
    throw new Refused("SEC-015", info, `${references.length}`, `${MOST_REFERENCES}`);
  }
  const canonical = one(inside, "CanonicalizationMethod", info);
  const uri = canonical.get("Algorithm");
  if (uri !== EXCLUSIVE) throw new Refused("SEC-004", canonical, uri);
  const method = one(inside, "SignatureMethod", info);
  const value = one(parts, "SignatureValue", signature);
  const keys = parts.get(DS("KeyInfo")) ?? [];
  if (keys.length > 1) throw malformed(signature, `${keys.length} KeyInfo au lieu d'un`);
  checkPrefixes(canonical);
  algorithm(method, SIGNATURE_URIS);
  references.forEach(checkReference);
  octetsOf(value);
  return { signature, keyInfo: keys[0] };
}

/** @param {Node} reference */
function checkReference(reference) {
  const parts = children(reference, ["Transforms", "DigestMethod", "DigestValue"].map(DS));
  const uri = reference.get("URI");
  if (!uri?.startsWith("#") || uri.length < 2) {
    throw new Refused("SEC-006", reference, uri || "sans URI");
  }
  const listed = children(one(parts, "Transforms", reference), [DS("Transform")]);
  const transforms = listed.get(DS("Transform")) ?? [];
  const names = transforms.map((transform) => transform.get("Algorithm") ?? "");
  const enveloped = names.length === 2 && names[0] === ENVELOPED;
  if (names.at(-1) !== EXCLUSIVE || !(enveloped || names.length === 1)) {
    throw new Refused("SEC-004", reference, names.join(" + ") || "aucun Transform");
  }
  const name = algorithm(one(parts, "DigestMethod", reference), DIGEST_URIS);
  const value = one(parts, "DigestValue", reference);
  if (octetsOf(value).length !== LENGTHS[name]) {
    throw malformed(value, "une empreinte d'une autre longueur que celle de son algorithme");
  }
  if (enveloped && transforms[0].elements.length) {
    throw malformed(transforms[0], "un contenu dans enveloped-signature");
  }
  checkPrefixes(transforms.at(-1));
}

/** @param {Node} method */
function checkPrefixes(method) {
  const name = clark(SPACE.exclusive, "InclusiveNamespaces");
  const found = children(method, [name]).get(name) ?? [];
  if (found.length > 1) throw malformed(method, "plusieurs InclusiveNamespaces");
  const prefixes = (found[0]?.get("PrefixList") ?? "").split(/\s+/).filter(Boolean);
  if (prefixes.length > MOST_PREFIXES) {
    throw malformed(found[0], `${prefixes.length} préfixes dans PrefixList`);
  }
}

/**
 * @param {Node} method
 * @param {Record<string, string>} known
 */
function algorithm(method, known) {
  const uri = method.get("Algorithm") ?? "";
  if (!ACCEPTED.includes(known[uri]) || method.elements.length) {
    throw new Refused("SEC-005", method, uri || "sans Algorithm");
  }
  return known[uri];
}

/**
 * The children by name; another name is refused.
 * @param {Node} parent
 * @param {string[]} known
 * @returns {Map<string, Node[]>}
 */
function children(parent, known) {
  const other = parent.elements.find((child) => !known.includes(child.tag));
  if (other) throw malformed(parent, `${other.local} de trop`);
  return new Map(known.map((name) => [name, all(parent, name)]));
}

/**
 * @param {Map<string, Node[]>} parts
 * @param {string} local
 * @param {Node} parent
 * @returns {Node}
 */
function one(parts, local, parent) {
  const found = parts.get(DS(local)) ?? [];
  if (found.length !== 1) throw malformed(parent, `${found.length} ${local} au lieu d'un`);
  return found[0];
}

/** @param {Node} node */
function octetsOf(node) {
  const octets = fromBase64(textOf(node).replace(/\s+/g, ""));
  if (octets?.length && !node.elements.length) return octets;
  throw malformed(node, "ni vide ni autre chose que du base64");
}

/**
 * @param {Node} node
 * @param {string} what
 */
function malformed(node, what) {
  return new Refused("SEC-016", node, what);
}

// The certificate

/**
 * The signer's certificate, in either form of KeyInfo.
 * @param {{signature: Node, keyInfo: Node | undefined}} read
 * @param {Tree} tree
 */
function named({ signature, keyInfo }, tree) {
  const parent = tree.parents.get(signature);
  const security = parent?.tag === SECURITY ? parent : undefined;
  const token = all(security, BINARY_TOKEN)
    .find((child) => VALUE_TYPES.test(child.get("ValueType") ?? ""));
  const own = embedded(signature, keyInfo);
  if (!own) {
    const referredTo = readCertificate(textOf(referred(signature, keyInfo, security, tree)));
    if (!referredTo) throw new Refused("SEC-010", signature, "certificat illisible");
  } else if (token && readCertificate(textOf(token))?.mark !== own.mark) {
    throw new Refused("SEC-017", token, "KeyInfo et BinarySecurityToken diffèrent");
  }
}

/**
 * @param {Node} signature
 * @param {Node | undefined} keyInfo
 */
function embedded(signature, keyInfo) {
  const nodes = all(keyInfo, DS("X509Data")).flatMap((data) => all(data, DS("X509Certificate")));
  if (nodes.length > 1) {
    throw new Refused("SEC-010", signature, `${nodes.length} certificats dans KeyInfo`);
  }
  if (!nodes.length) return null;
  const found = readCertificate(textOf(nodes[0]));
  if (!found) throw new Refused("SEC-010", nodes[0], "certificat illisible");
  return found;
}

/**
 * @param {Node} signature
 * @param {Node | undefined} keyInfo
 * @param {Node | undefined} security
 * @param {Tree} tree
 * @returns {Node}
 */
function referred(signature, keyInfo, security, tree) {
  const nodes = all(keyInfo, clark(SPACE.security, "SecurityTokenReference"))
    .flatMap((token) => all(token, clark(SPACE.security, "Reference")));
  if (nodes.length !== 1) {
    throw new Refused("SEC-010", signature, "ni certificat ni référence unique");
  }
  const uri = nodes[0].get("URI") ?? "";
  const target = uri.startsWith("#")
    ? [...tree.root.walk()].find((node) => idsOf(node).includes(uri.slice(1))) : undefined;
  if (target?.tag !== BINARY_TOKEN || tree.parents.get(target) !== security) {
    throw new Refused("SEC-010", nodes[0], `${uri || "sans URI"} ne mène à aucun certificat`);
  }
  return target;
}
