#!/bin/sh
# Recalcule chaque empreinte d'un vecteur, puis vérifie SignatureValue. Seul openssl calcule.
#
#     sh verifier.sh DOSSIER
#
# DOSSIER est celui d'un vecteur : openssl ne canonicalise pas, il part des formes canoniques.
set -eu

dossier=$1
etat=0
numero=0
ecrites=$(tr '<' '\n' < "$dossier/signed-info.c14n" | sed -n 's/^[A-Za-z0-9]*:*DigestValue>//p')
echo "Signature 1"
for ecrite in $ecrites; do
    numero=$((numero + 1))
    fichier=$(echo "$dossier/$numero-"*.c14n)
    nom=$(basename "$fichier" .c14n)
    calculee=$(openssl dgst -sha256 -binary "$fichier" | openssl base64 -A)
    if [ "$calculee" = "$ecrite" ]; then
        echo "${nom#*-} : juste, $calculee"
    else
        echo "${nom#*-} : fausse, message $ecrite, calcul $calculee"
        etat=1
    fi
done

cle=$(mktemp)
trap 'rm -f "$cle"' EXIT
openssl x509 -in "$dossier/certificat.pem" -pubkey -noout > "$cle"
if openssl dgst -sha256 -verify "$cle" -signature "$dossier/signature.bin" \
    "$dossier/signed-info.c14n" > /dev/null 2>&1; then
    echo "SignatureValue : juste"
else
    echo "SignatureValue : fausse"
    etat=1
fi
exit $etat
