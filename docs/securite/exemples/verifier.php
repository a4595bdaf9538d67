<?php
// Recalcule chaque empreinte d'un message signé, puis vérifie chaque SignatureValue.
//
//     php verifier.php message.xml [DOSSIER]
//
// DOSSIER reçoit les formes canoniques. PHP 8, extensions dom et openssl. Seul le calcul est jugé :
// ni la confiance dans le certificat, ni les parties qui devaient être signées.

declare(strict_types=1);

const DS = 'http://www.w3.org/2000/09/xmldsig#';
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const ENVELOPED = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature';
const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const KNOWN = [EXCLUSIVE, ENVELOPED, SHA256, RSA_SHA256];

$document = new DOMDocument();
if (!$document->load($argv[1], LIBXML_NONET | LIBXML_PARSEHUGE) || $document->doctype !== null) {
    exit(2);
}
$xpath = new DOMXPath($document);
$xpath->registerNamespace('ds', DS);
$xpath->registerNamespace('exc', EXCLUSIVE);

$good = true;
foreach (iterator_to_array($xpath->query('//ds:Signature')) as $index => $signature) {
    $number = $index + 1;
    echo "Signature $number\n";
    $forms = [];
    $good = check($xpath, $signature, $forms) && $good;
    if (isset($argv[2])) {
        $folder = "$argv[2]/signature-$number";
        is_dir($folder) || mkdir($folder, 0777, true);
        foreach ($forms as $name => $octets) {
            file_put_contents("$folder/$name", $octets);
        }
    }
}
exit($good ? 0 : 1);

/** Une ligne par référence, puis une pour SignatureValue ; vrai si tout est juste. */
function check(DOMXPath $xpath, DOMElement $signature, array &$forms): bool
{
    $info = $xpath->query('ds:SignedInfo', $signature)->item(0);
    foreach ($xpath->query('.//@Algorithm', $info) as $algorithm) {
        in_array($algorithm->value, KNOWN, true) || exit("hors de cet exemple : {$algorithm->value}\n");
    }
    $good = true;
    foreach ($xpath->query('ds:Reference', $info) as $index => $reference) {
        $node = by_id($xpath, substr($reference->getAttribute('URI'), 1));
        $octets = digested($xpath, $node, $signature, $reference);
        $name = $node->localName;
        $forms[$index + 1 . "-$name.c14n"] = $octets;
        $computed = base64_encode(hash('sha256', $octets, true));
        $written = $xpath->evaluate('string(ds:DigestValue)', $reference);
        echo $computed === $written
            ? "$name : juste, $computed\n"
            : "$name : fausse, message $written, calcul $computed\n";
        $good = $good && $computed === $written;
    }
    $octets = canonical($xpath, $info, $xpath->query('ds:CanonicalizationMethod', $info)->item(0));
    $forms['signed-info.c14n'] = $octets;
    $value = base64_decode($xpath->evaluate('string(ds:SignatureValue)', $signature));
    $key = public_key($xpath, $signature);
    $right = openssl_verify($octets, $value, $key, OPENSSL_ALGO_SHA256) === 1;
    echo 'SignatureValue : ', $right ? 'juste' : 'fausse', "\n";
    return $good && $right;
}

/** L'élément de cet identifiant ; il n'y en a qu'un. */
function by_id(DOMXPath $xpath, string $wanted): DOMElement
{
    $found = [];
    foreach ($xpath->query("//@*[local-name()='Id' or local-name()='ID']") as $attribute) {
        if ($attribute->value === $wanted) {
            $found[] = $attribute->ownerElement;
        }
    }
    count($found) === 1 || exit("identifiant absent ou double : $wanted\n");
    return $found[0];
}

/** Forme canonique exclusive, à sa place, avec la PrefixList écrite dans le message. */
function canonical(DOMXPath $xpath, DOMElement $node, DOMElement $method): string
{
    $listed = $xpath->evaluate('normalize-space(exc:InclusiveNamespaces/@PrefixList)', $method);
    return $node->C14N(true, false, null, $listed === '' ? null : explode(' ', $listed));
}

/** Les octets dont la référence donne l'empreinte. */
function digested(
    DOMXPath $xpath,
    DOMElement $node,
    DOMElement $signature,
    DOMElement $reference
): string {
    $method = $xpath->query('.//ds:Transform[@Algorithm="' . EXCLUSIVE . '"]', $reference)->item(0);
    if ($xpath->query('.//ds:Transform[@Algorithm="' . ENVELOPED . '"]', $reference)->length === 0) {
        return canonical($xpath, $node, $method);
    }
    // La signature sort de l'arbre le temps du calcul.
    [$parent, $next] = [$signature->parentNode, $signature->nextSibling];
    $parent->removeChild($signature);
    $octets = canonical($xpath, $node, $method);
    $parent->insertBefore($signature, $next);
    return $octets;
}

/** La clé du certificat que KeyInfo contient ou désigne. */
function public_key(DOMXPath $xpath, DOMElement $signature): OpenSSLAsymmetricKey
{
    $text = $xpath->evaluate('string(ds:KeyInfo//ds:X509Certificate)', $signature);
    if ($text === '') {
        $uri = $xpath->evaluate('string(ds:KeyInfo//*[local-name()="Reference"]/@URI)', $signature);
        $text = by_id($xpath, substr($uri, 1))->textContent;
    }
    $lines = chunk_split(preg_replace('/\s+/', '', $text), 64, "\n");
    return openssl_pkey_get_public("-----BEGIN CERTIFICATE-----\n$lines-----END CERTIFICATE-----\n");
}
