"""The words around a diagnosis, French and English; those of a cause come from the catalogue."""

from __future__ import annotations

from collections.abc import Mapping

from memhon.security.diagnosis.model import Compared

WORDS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "title": "Diagnostic des signatures",
        "right": "tout est juste",
        "wrong": "au moins une erreur",
        "none": "Aucune signature dans ce document.",
        "exhausted": "La recherche a atteint son budget avant d'avoir essayé toutes les "
        "hypothèses : une cause peut manquer.",
        "private": "Cette page reproduit le contenu du message, données personnelles et mots de "
        "passe compris : ne la transmettez pas telle quelle.",
        "drawn": "Caractères rendus visibles : · blanc, → tabulation, ← retour chariot, ↵ saut de "
        "ligne, ‹U+00A0› autre caractère invisible.",
        "document": "Document",
        "signature": "Signature {number}, ligne {line}",
        "good": "juste",
        "bad": "fausse",
        "signer": "Certificat",
        "xpath": "XPath",
        "nobody": "aucun",
        "value": "Valeur de la signature",
        "reference": "Référence",
        "nowhere": "ne mène nulle part",
        "prefixes": "PrefixList",
        "empty": "vide",
        "found": "Empreinte dans le message",
        "computed": "Empreinte recalculée",
        "octets": "Octets canoniques : {count}",
        "octets_info": "SignedInfo, octets canoniques : {count}",
        "octets_cause": "Octets qui donnent cette valeur : {count}",
        "octets_message": "Message reçu : {count} octets",
        "left_out": "[{count} octets omis]",
        "why": "Origine",
        "fix": "Correction",
        "along": "Avec",
        "proof": "Preuve",
        "differs": "Première différence, octet {offset}",
        "ours": "message",
        "theirs": "signé",
        "against": "Comparaison avec l'autre message",
        "this": "ce message",
        "other": "l'autre",
        "step": "Étape",
        "state": "Résultat",
        "same": "identique",
        "different": "différent",
        "lacks_ours": "absent de ce message",
        "lacks_theirs": "absent de l'autre message",
        "all_same": "Rien ne diffère après canonicalisation.",
        "causes": "Causes, la plus probable d'abord",
        "message": "Message",
        "step_document": "document entier",
        "step_reference": "octets canoniques de",
        "step_digest": "empreinte écrite de",
        "step_signed-info": "SignedInfo",
        "step_signature-value": "valeur de la signature",
        "step_certificate": "certificat",
        "of_message": "signature du message",
        "of_assertion": "signature de l'assertion",
    },
    "en": {
        "title": "Diagnosis of signatures",
        "right": "all is right",
        "wrong": "at least one error",
        "none": "No signature in this document.",
        "exhausted": "The search reached its budget before every hypothesis was tried: a cause may "
        "be missing.",
        "private": "This page repeats what the message holds, personal data and passwords "
        "included: do not hand it on as it is.",
        "drawn": "Characters made visible: · blank, → tabulator, ← carriage return, ↵ line feed, "
        "‹U+00A0› any other invisible character.",
        "document": "Document",
        "signature": "Signature {number}, line {line}",
        "good": "right",
        "bad": "wrong",
        "signer": "Certificate",
        "xpath": "XPath",
        "nobody": "none",
        "value": "Signature value",
        "reference": "Reference",
        "nowhere": "leads nowhere",
        "prefixes": "PrefixList",
        "empty": "empty",
        "found": "Digest in the message",
        "computed": "Digest computed",
        "octets": "Canonical octets: {count}",
        "octets_info": "SignedInfo, canonical octets: {count}",
        "octets_cause": "Octets that yield this value: {count}",
        "octets_message": "Message received: {count} octets",
        "left_out": "[{count} octets left out]",
        "why": "Origin",
        "fix": "Fix",
        "along": "Together with",
        "proof": "Proof",
        "differs": "First difference, octet {offset}",
        "ours": "message",
        "theirs": "signed",
        "against": "Comparison with the other message",
        "this": "this message",
        "other": "the other",
        "step": "Step",
        "state": "Result",
        "same": "the same",
        "different": "different",
        "lacks_ours": "missing in this message",
        "lacks_theirs": "missing in the other message",
        "all_same": "Nothing differs after canonicalisation.",
        "causes": "Causes, most likely first",
        "message": "Message",
        "step_document": "whole document",
        "step_reference": "canonical octets of",
        "step_digest": "digest written for",
        "step_signed-info": "SignedInfo",
        "step_signature-value": "signature value",
        "step_certificate": "certificate",
        "of_message": "signature of the message",
        "of_assertion": "signature of the assertion",
    },
}


def state_of(same: bool, missing: str) -> str:
    """The key of the word for a compared step."""
    return f"lacks_{missing}" if missing else "same" if same else "different"


def step_name(step: Compared, words: Mapping[str, str]) -> str:
    """The step in words, with the signature that it belongs to."""
    kind, _, part = step.step.partition(" ")
    name = f"{words[f'step_{kind}']} {part}".rstrip()
    whose = f", {words[f'of_{step.signature}']}" if step.signature else ""
    return f"{name}{whose}"
