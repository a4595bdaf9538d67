from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from xsdata.models.datatype import XmlDate, XmlTime

__NAMESPACE__ = "http://www.secu.lu/ciss/cns"


@dataclass(slots=True, kw_only=True)
class TAccident:
    """
    Références de l'accident auquel les soins se rapportent ; les deux éléments sont
    facultatifs, le type peut donc être vide.

    Attributes:
        numero_accident: Numéro de déclaration d'accident : la lettre majuscule U ou L, puis
            neuf chiffres, sans espace.
        date_accident: Jour de l'accident, au format AAAA-MM-JJ. Peut être donné sans le
            numéro de déclaration.
    """

    class Meta:
        name = "T_Accident"

    numero_accident: None | str = field(
        default=None,
        metadata={
            "name": "numeroAccident",
            "type": "Element",
            "namespace": "",
            "pattern": r"[UL]\d{9}",
        },
    )
    date_accident: None | XmlDate = field(
        default=None,
        metadata={
            "name": "dateAccident",
            "type": "Element",
            "namespace": "",
        },
    )


@dataclass(slots=True, kw_only=True)
class TActe:
    """
    Acte médical désigné par son code de nomenclature, complété s'il y a lieu par des lettres
    préfixes et suffixes.

    Attributes:
        code_acte: Code de l'acte seul, sans préfixe ni suffixe, six caractères au plus (« C1
            »). L'existence du code n'est pas contrôlée.
        prefix_acte: Lettre préfixe de l'acte, un seul caractère ; répétez l'élément pour
            chaque préfixe. Orthographe anglaise, sans e final.
        suffix_acte: Lettre suffixe de l'acte, un caractère par élément, répétable, après
            tous les préfixes.
        libelle: Libellé de l'acte tel qu'il s'imprime, abrégé à 35 caractères au plus.
    """

    class Meta:
        name = "T_Acte"

    code_acte: str = field(
        metadata={
            "name": "codeActe",
            "type": "Element",
            "namespace": "",
            "max_length": 6,
        }
    )
    prefix_acte: list[str] = field(
        default_factory=list,
        metadata={
            "name": "prefixActe",
            "type": "Element",
            "namespace": "",
            "length": 1,
        },
    )
    suffix_acte: list[str] = field(
        default_factory=list,
        metadata={
            "name": "suffixActe",
            "type": "Element",
            "namespace": "",
            "length": 1,
        },
    )
    libelle: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "",
            "max_length": 35,
        },
    )


@dataclass(slots=True, kw_only=True)
class TAdresse:
    """
    Adresse postale du prestataire ou de l'assuré.

    Seule la rue est obligatoire ; respectez l'ordre, qui place le pays avant le code postal.

    Attributes:
        extension1: Premier complément d'adresse (bâtiment, étage, chez…), 100 caractères au
            plus. Initiale minuscule.
        extension2: Second complément d'adresse, 100 caractères au plus. Attention : initiale
            majuscule, contrairement à extension1.
        numero_rue: Numéro dans la rue avec son éventuel suffixe (« 12A »), 20 caractères au
            plus.
        rue: Nom de la rue, 80 caractères au plus. Élément obligatoire, mais sa valeur peut
            être vide.
        code_pays: Code du pays sur deux caractères, d'après ISO 3166 (LU, FR, BE, DE…).
            Seule la longueur est contrôlée.
        code_postal: Code postal de 1 à 15 caractères ; omettez l'élément plutôt que de
            l'envoyer vide.
        localite: Ville ou localité, de 1 à 80 caractères. Une valeur vide est refusée :
            omettez alors l'élément.
    """

    class Meta:
        name = "T_Adresse"

    extension1: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "",
            "max_length": 100,
        },
    )
    extension2: None | str = field(
        default=None,
        metadata={
            "name": "Extension2",
            "type": "Element",
            "namespace": "",
            "max_length": 100,
        },
    )
    numero_rue: None | str = field(
        default=None,
        metadata={
            "name": "numeroRue",
            "type": "Element",
            "namespace": "",
            "max_length": 20,
        },
    )
    rue: str = field(
        metadata={
            "type": "Element",
            "namespace": "",
            "max_length": 80,
        }
    )
    code_pays: None | str = field(
        default=None,
        metadata={
            "name": "codePays",
            "type": "Element",
            "namespace": "",
            "length": 2,
        },
    )
    code_postal: None | str = field(
        default=None,
        metadata={
            "name": "codePostal",
            "type": "Element",
            "namespace": "",
            "min_length": 1,
            "max_length": 15,
        },
    )
    localite: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "",
            "min_length": 1,
            "max_length": 80,
        },
    )


@dataclass(slots=True, kw_only=True)
class TControles:
    """
    Indications qui modifient le contrôle du mémoire.

    Un indicateur absent n'équivaut pas forcément à faux : omettez-le si la question ne se pose
    pas.

    Attributes:
        polytraumatisme: Vrai si les soins concernent un patient polytraumatisé ; valeur
            booléenne.
        prothese_provisoire: Vrai si le mémoire porte sur une prothèse provisoire ; valeur
            booléenne.
        nouvelle_grossesse: Vrai si les actes se rapportent à une nouvelle grossesse ; valeur
            booléenne.
        code_medecin_operateur: Code prestataire du médecin opérateur pour l'ensemble du
            mémoire, huit chiffres.
    """

    class Meta:
        name = "T_Controles"

    polytraumatisme: None | bool = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "",
        },
    )
    prothese_provisoire: None | bool = field(
        default=None,
        metadata={
            "name": "protheseProvisoire",
            "type": "Element",
            "namespace": "",
        },
    )
    nouvelle_grossesse: None | bool = field(
        default=None,
        metadata={
            "name": "nouvelleGrossesse",
            "type": "Element",
            "namespace": "",
        },
    )
    code_medecin_operateur: None | int = field(
        default=None,
        metadata={
            "name": "codeMedecinOperateur",
            "type": "Element",
            "namespace": "",
            "min_inclusive": 10000000,
            "max_inclusive": 99999999,
        },
    )


@dataclass(slots=True, kw_only=True)
class TFooter:
    """
    Pied de page du mémoire imprimé ; ce type peut être vide.

    Attributes:
        nombre_de_page: Nombre de pages du mémoire imprimé, entier sans borne dans le schéma.
            « Page » s'écrit au singulier.
    """

    class Meta:
        name = "T_Footer"

    nombre_de_page: None | int = field(
        default=None,
        metadata={
            "name": "nombreDePage",
            "type": "Element",
            "namespace": "",
        },
    )


@dataclass(slots=True, kw_only=True)
class TLibre:
    """
    Textes libres du mémoire.

    Les deux éléments sont facultatifs, mais aucun ne peut être envoyé vide.

    Attributes:
        texte_libre_virement: Coordonnées bancaires et mentions de virement à imprimer, de 1
            à 2500 caractères.
        texte_libre_medical: Remarque médicale libre, de 1 à 200 caractères. N'y écrivez que
            ce que la CNS peut lire.
    """

    class Meta:
        name = "T_Libre"

    texte_libre_virement: None | str = field(
        default=None,
        metadata={
            "name": "texteLibreVirement",
            "type": "Element",
            "namespace": "",
            "min_length": 1,
            "max_length": 2500,
        },
    )
    texte_libre_medical: None | str = field(
        default=None,
        metadata={
            "name": "texteLibreMedical",
            "type": "Element",
            "namespace": "",
            "min_length": 1,
            "max_length": 200,
        },
    )


@dataclass(slots=True, kw_only=True)
class TPaiement:
    """
    Montants à payer du mémoire et preuve d'acquittement.

    Tous les montants sont exprimés dans la devise du bloc.

    Attributes:
        sous_total: Total des lignes avant report et acompte, deux décimales au plus. La
            plateforme publique V2.4 l'enregistre comme prix du mémoire.
        report: Montant reporté, à prendre en compte en plus du sous-total. Le schéma ne
            relie pas les deux.
        acompte_adeduire: Acompte déjà versé, à déduire du total. Le schéma n'en contrôle pas
            le signe : le nom de l'élément dit déjà qu'on le soustrait.
        a_payer: Montant qui reste à payer, deux décimales au plus. Aucun calcul n'est
            vérifié par le schéma à partir des trois montants précédents.
        devise: Code de la devise sur trois caractères d'après ISO 4217, en pratique EUR.
            Seule la longueur est vérifiée.
        acquitte: Vrai si le patient a déjà payé le mémoire. Écrivez true, false, 1 ou 0 ; «
            oui » est refusé.
        date_acquittement: Jour du paiement par le patient, AAAA-MM-JJ. Facultative, même si
            le mémoire est acquitté.
    """

    class Meta:
        name = "T_Paiement"

    sous_total: Decimal = field(
        metadata={
            "name": "sousTotal",
            "type": "Element",
            "namespace": "",
            "fraction_digits": 2,
        }
    )
    report: None | Decimal = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "",
            "fraction_digits": 2,
        },
    )
    acompte_adeduire: None | Decimal = field(
        default=None,
        metadata={
            "name": "acompteADeduire",
            "type": "Element",
            "namespace": "",
            "fraction_digits": 2,
        },
    )
    a_payer: Decimal = field(
        metadata={
            "name": "aPayer",
            "type": "Element",
            "namespace": "",
            "fraction_digits": 2,
        }
    )
    devise: str = field(
        metadata={
            "type": "Element",
            "namespace": "",
            "length": 3,
        }
    )
    acquitte: bool = field(
        metadata={
            "type": "Element",
            "namespace": "",
        }
    )
    date_acquittement: None | XmlDate = field(
        default=None,
        metadata={
            "name": "dateAcquittement",
            "type": "Element",
            "namespace": "",
        },
    )


@dataclass(slots=True, kw_only=True)
class TPeriode:
    """
    Intervalle de temps d'une prestation.

    Seule la date de début est obligatoire ; chaque heure suit immédiatement sa date.

    Attributes:
        date_debut: Premier jour de la prestation, AAAA-MM-JJ ; pour une consultation, le
            jour même.
        heure_debut: Heure de début au format HH:MM:SS (les secondes sont obligatoires),
            utile aux actes de nuit ou d'urgence.
        date_fin: Dernier jour de la prestation, AAAA-MM-JJ. Le schéma ne vérifie pas qu'il
            suit le premier.
        heure_fin: Heure de fin au format HH:MM:SS, admise par le schéma même sans date de
            fin.
    """

    class Meta:
        name = "T_Periode"

    date_debut: XmlDate = field(
        metadata={
            "name": "dateDebut",
            "type": "Element",
            "namespace": "",
        }
    )
    heure_debut: None | XmlTime = field(
        default=None,
        metadata={
            "name": "heureDebut",
            "type": "Element",
            "namespace": "",
        },
    )
    date_fin: None | XmlDate = field(
        default=None,
        metadata={
            "name": "dateFin",
            "type": "Element",
            "namespace": "",
        },
    )
    heure_fin: None | XmlTime = field(
        default=None,
        metadata={
            "name": "heureFin",
            "type": "Element",
            "namespace": "",
        },
    )


class TPrestationCodeH(Enum):
    """
    Attributes:
        A: Traitement ambulatoire, sans séjour à l'hôpital.
        VALUE_1: Hospitalisation en première classe, celle qui peut donner lieu à un
            supplément.
        VALUE_2: Hospitalisation en deuxième classe, sans supplément de première classe.
    """

    A = "A"
    VALUE_1 = "1"
    VALUE_2 = "2"


@dataclass(slots=True, kw_only=True)
class TAssure:
    """
    Destinataire du mémoire : l'assuré, avec son adresse postale.

    Son matricule n'est pas transmis dans ce bloc.

    Attributes:
        nom: Nom de l'assuré, 150 caractères au plus. Facultatif, à la différence du nom du
            prestataire.
        prenom: Prénom de l'assuré, limité à 100 caractères ; facultatif.
        adresse: Adresse de l'assuré, exigée même si nom et prénom manquent : prévoyez
            toujours au moins l'élément rue, au besoin vide.
    """

    class Meta:
        name = "T_Assure"

    nom: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "",
            "max_length": 150,
        },
    )
    prenom: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "",
            "max_length": 100,
        },
    )
    adresse: TAdresse = field(
        metadata={
            "type": "Element",
            "namespace": "",
        }
    )


@dataclass(slots=True, kw_only=True)
class TPatient:
    """
    Personne soignée.

    Commence par un choix exclusif entre matricule et date de naissance, suivi de renseignements
    facultatifs.

    Attributes:
        matricule_or_date_naissance:
        caisse_principale: Caisse de maladie compétente, texte libre de 12 caractères au
            plus. Valeurs connues : CNS, CMFEP, CMFEC, EMCFL, Autre ; le schéma ne les impose
            pas.
        nom: Nom de famille du patient, 150 caractères au plus, facultatif puisque le
            matricule suffit à l'identifier.
        prenom: Prénom usuel du patient, 100 caractères au plus, placé après le nom.
        accident: Accident à l'origine des soins, à indiquer seulement si les prestations s'y
            rapportent.
    """

    class Meta:
        name = "T_Patient"

    matricule_or_date_naissance: None | str | XmlDate = field(
        default=None,
        metadata={
            "type": "Elements",
            "choices": (
                {
                    "name": "matricule",
                    "type": str,
                    "namespace": "",
                    "total_digits": 13,
                    "pattern": r"[123456789]\p{Nd}{12}",
                },
                {
                    "name": "dateNaissance",
                    "type": XmlDate,
                    "namespace": "",
                },
            ),
        },
    )
    caisse_principale: None | str = field(
        default=None,
        metadata={
            "name": "caissePrincipale",
            "type": "Element",
            "namespace": "",
            "max_length": 12,
        },
    )
    nom: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "",
            "max_length": 150,
        },
    )
    prenom: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "",
            "max_length": 100,
        },
    )
    accident: None | TAccident = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "",
        },
    )


@dataclass(slots=True, kw_only=True)
class TPrestataire:
    """
    Identité et coordonnées d'un prestataire de soins, telles qu'elles figurent en tête du
    mémoire imprimé.

    Attributes:
        code_prestataire: Code prestataire attribué par la CNS, huit chiffres. À ne pas
            confondre avec l'eHealthID, qui en compte dix et n'apparaît pas dans ce message.
        nom: Nom du prestataire ou raison sociale, 150 caractères au plus. L'élément est
            obligatoire ; une valeur vide passe le schéma.
        prenom: Prénom du prestataire, 100 caractères au plus. À omettre pour une personne
            morale.
        titre: Titre du prestataire tel qu'il s'imprime, 50 caractères au plus, par exemple «
            Dr ».
        adresse: Adresse professionnelle du prestataire. Obligatoire, avec au moins l'élément
            rue.
        numero_telephone: Numéro de téléphone du cabinet, texte de 24 caractères au plus,
            sans format imposé.
        numero_fax: Numéro de télécopie du cabinet, 24 caractères au plus, à omettre s'il
            n'existe pas.
        email: Adresse électronique du prestataire, 100 caractères au plus. Le schéma n'en
            vérifie pas la forme.
    """

    class Meta:
        name = "T_Prestataire"

    code_prestataire: int = field(
        metadata={
            "name": "codePrestataire",
            "type": "Element",
            "namespace": "",
            "min_inclusive": 10000000,
            "max_inclusive": 99999999,
        }
    )
    nom: str = field(
        metadata={
            "type": "Element",
            "namespace": "",
            "max_length": 150,
        }
    )
    prenom: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "",
            "max_length": 100,
        },
    )
    titre: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "",
            "max_length": 50,
        },
    )
    adresse: TAdresse = field(
        metadata={
            "type": "Element",
            "namespace": "",
        }
    )
    numero_telephone: None | str = field(
        default=None,
        metadata={
            "name": "numeroTelephone",
            "type": "Element",
            "namespace": "",
            "max_length": 24,
        },
    )
    numero_fax: None | str = field(
        default=None,
        metadata={
            "name": "numeroFax",
            "type": "Element",
            "namespace": "",
            "max_length": 24,
        },
    )
    email: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "",
            "max_length": 100,
        },
    )


@dataclass(slots=True, kw_only=True)
class TPrestation:
    """
    Ligne du mémoire : un acte, sa période, sa quantité, ses montants et les intervenants.

    L'ordre des quinze éléments est imposé.

    Attributes:
        numero_ligne: Numéro d'ordre de la ligne dans le mémoire, entier. Le schéma ne
            contrôle ni les bornes, ni l'unicité, ni la continuité.
        code_h: Situation hospitalière de la prestation : ambulatoire ou classe
            d'hospitalisation. À omettre pour une consultation au cabinet.
        lieu: Code du lieu où l'acte est exécuté, deux caractères ; conservez le zéro initial
            (« 01 »). La liste complète des codes n'est pas publique.
        code_executant: Code prestataire du médecin qui exécute l'acte, s'il n'est pas le
            facturier. Huit chiffres.
        periode: Date, et au besoin heure, du début et de la fin de la prestation.
        dent: Dent traitée pour un acte dentaire, trois caractères au plus. La numérotation
            n'est pas contrôlée par le schéma.
        acte: Acte de la nomenclature facturé par cette ligne : code, préfixes, suffixes et
            libellé.
        nombre: Quantité facturée, entier de 1 à 99. Au-delà de 99, répartissez sur plusieurs
            lignes.
        montant_brut: Montant brut de la ligne, en unités de la devise, deux décimales au
            plus, point décimal. Aucune borne : un montant négatif passe le schéma.
        part_personelle: Part de la ligne qui reste à la charge du patient, deux décimales au
            plus. Le nom officiel ne comporte qu'un seul n.
        code_prescripteur: Code prestataire du médecin qui a prescrit l'acte, lorsque celui-
            ci suppose une prescription.
        numero_titre_ordonnance: Identifiant de l'ordonnance ou du titre de prise en charge,
            exactement 36 caractères, de la forme d'un UUID. Un numéro papier plus court
            n'est pas accepté ici.
        type_seance: Type de séance pour les traitements en série, de 1 à 20 caractères. Les
            valeurs admises ne sont pas publiques.
        numero_seance: Rang de la séance dans la série, texte de 1 ou 2 caractères : la
            centième séance ne tient pas.
        code_operateur: Code prestataire de l'opérateur rattaché à cette ligne. Un opérateur
            peut aussi être donné pour tout le mémoire, par codeMedecinOperateur.
    """

    class Meta:
        name = "T_Prestation"

    numero_ligne: int = field(
        metadata={
            "name": "numeroLigne",
            "type": "Element",
            "namespace": "",
        }
    )
    code_h: None | TPrestationCodeH = field(
        default=None,
        metadata={
            "name": "codeH",
            "type": "Element",
            "namespace": "",
        },
    )
    lieu: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "",
            "length": 2,
        },
    )
    code_executant: None | int = field(
        default=None,
        metadata={
            "name": "codeExecutant",
            "type": "Element",
            "namespace": "",
            "min_inclusive": 10000000,
            "max_inclusive": 99999999,
        },
    )
    periode: TPeriode = field(
        metadata={
            "type": "Element",
            "namespace": "",
        }
    )
    dent: None | str = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "",
            "max_length": 3,
        },
    )
    acte: TActe = field(
        metadata={
            "type": "Element",
            "namespace": "",
        }
    )
    nombre: int = field(
        metadata={
            "type": "Element",
            "namespace": "",
            "min_inclusive": 1,
            "max_inclusive": 99,
        }
    )
    montant_brut: Decimal = field(
        metadata={
            "name": "montantBrut",
            "type": "Element",
            "namespace": "",
            "fraction_digits": 2,
        }
    )
    part_personelle: None | Decimal = field(
        default=None,
        metadata={
            "name": "partPersonelle",
            "type": "Element",
            "namespace": "",
            "fraction_digits": 2,
        },
    )
    code_prescripteur: None | int = field(
        default=None,
        metadata={
            "name": "codePrescripteur",
            "type": "Element",
            "namespace": "",
            "min_inclusive": 10000000,
            "max_inclusive": 99999999,
        },
    )
    numero_titre_ordonnance: None | str = field(
        default=None,
        metadata={
            "name": "numeroTitreOrdonnance",
            "type": "Element",
            "namespace": "",
            "length": 36,
        },
    )
    type_seance: None | str = field(
        default=None,
        metadata={
            "name": "typeSeance",
            "type": "Element",
            "namespace": "",
            "min_length": 1,
            "max_length": 20,
        },
    )
    numero_seance: None | str = field(
        default=None,
        metadata={
            "name": "numeroSeance",
            "type": "Element",
            "namespace": "",
            "min_length": 1,
            "max_length": 2,
        },
    )
    code_operateur: None | int = field(
        default=None,
        metadata={
            "name": "codeOperateur",
            "type": "Element",
            "namespace": "",
            "min_inclusive": 10000000,
            "max_inclusive": 99999999,
        },
    )


@dataclass(slots=True, kw_only=True)
class TEntete:
    """
    Identification du mémoire et des parties : qui facture, qui est soigné, à qui écrire, et
    sous quelles références.

    Attributes:
        uuid: Identifiant du mémoire choisi par votre logiciel, exactement 36 caractères. Le
            schéma ne vérifie que la longueur ; fournissez un UUID, unique pour chaque
            mémoire. Distinct de l'UuidSecu attribué en réponse.
        facturier: Prestataire au nom duquel le mémoire est établi. Il peut différer du
            médecin qui exécute l'acte, indiqué sur la ligne par codeExecutant. De son code
            dépend qui reçoit l'indemnité RA : le médecin, ou l'association ou l'hôpital.
        patient: Personne protégée qui a reçu les soins, identifiée par son matricule ou, à
            défaut, par sa date de naissance. Extension vide du type T_Patient.
        assure: Assuré à qui s'adresse le mémoire ; il peut être une autre personne que le
            patient. Son adresse est toujours obligatoire.
        numero_memoire_honoraires: Numéro du mémoire dans votre comptabilité, 100 caractères
            au plus. Facultatif dans le schéma, mais la plateforme publique V2.4 ne sait pas
            l'enregistrer sans lui : renseignez-le.
        date_memoire_honoraires: Date d'établissement du mémoire, au format AAAA-MM-JJ. À ne
            pas confondre avec les dates des prestations, portées par chaque ligne.
        code_hopital: Code prestataire de l'hôpital, si le mémoire s'y rattache. Le schéma
            publié y répète les bornes du type commun : huit chiffres, le premier différent
            de zéro.
        code_association: Code prestataire de l'association de médecins, si elle facture.
            Mêmes bornes répétées que pour l'hôpital.
        nom_hopital_association: Nom de l'hôpital ou de l'association. Le schéma publié exige
            au moins 100 caractères, sans maximum, sans doute par inversion avec une longueur
            maximale : omettez cet élément.
        numero_admission: Numéro d'admission du patient à l'hôpital, texte libre de 25
            caractères au plus.
        caisse_complementaire: Nom ou code de la caisse complémentaire du patient, 25
            caractères au plus. Aucune liste de valeurs n'est imposée.
    """

    class Meta:
        name = "T_Entete"

    uuid: str = field(
        metadata={
            "name": "UUID",
            "type": "Element",
            "namespace": "",
            "length": 36,
        }
    )
    facturier: TPrestataire = field(
        metadata={
            "type": "Element",
            "namespace": "",
        }
    )
    patient: TPatient = field(
        metadata={
            "type": "Element",
            "namespace": "",
        }
    )
    assure: TAssure = field(
        metadata={
            "type": "Element",
            "namespace": "",
        }
    )
    numero_memoire_honoraires: None | str = field(
        default=None,
        metadata={
            "name": "numeroMemoireHonoraires",
            "type": "Element",
            "namespace": "",
            "max_length": 100,
        },
    )
    date_memoire_honoraires: XmlDate = field(
        metadata={
            "name": "dateMemoireHonoraires",
            "type": "Element",
            "namespace": "",
        }
    )
    code_hopital: None | int = field(
        default=None,
        metadata={
            "name": "codeHopital",
            "type": "Element",
            "namespace": "",
            "min_inclusive": 10000000,
            "max_inclusive": 99999999,
        },
    )
    code_association: None | int = field(
        default=None,
        metadata={
            "name": "codeAssociation",
            "type": "Element",
            "namespace": "",
            "min_inclusive": 10000000,
            "max_inclusive": 99999999,
        },
    )
    nom_hopital_association: None | str = field(
        default=None,
        metadata={
            "name": "nomHopitalAssociation",
            "type": "Element",
            "namespace": "",
            "min_length": 100,
        },
    )
    numero_admission: None | str = field(
        default=None,
        metadata={
            "name": "numeroAdmission",
            "type": "Element",
            "namespace": "",
            "max_length": 25,
        },
    )
    caisse_complementaire: None | str = field(
        default=None,
        metadata={
            "name": "caisseComplementaire",
            "type": "Element",
            "namespace": "",
            "max_length": 25,
        },
    )


@dataclass(slots=True, kw_only=True)
class TMemoireHonoraires:
    """
    Contenu d'un mémoire d'honoraires, dans un ordre imposé : en-tête, lignes, paiement, textes
    libres, pied, indications, signature éventuelle, document.

    Attributes:
        entete: En-tête du mémoire : identifiant du document, prestataire facturier, patient,
            assuré, date et numéro. Premier élément obligatoire, sans espace de noms.
        prestation: Une ligne facturée par prestation. Répétez l'élément, une fois au moins
            et sans maximum, sans conteneur autour des lignes.
        paiement: Totaux du mémoire, devise et état de l'acquittement. Le schéma ne contrôle
            pas que les totaux correspondent à la somme des lignes.
        libre: Zone de textes libres. L'élément doit être présent même si vous n'avez rien à
            y écrire : envoyez-le alors vide.
        footer: Pied du mémoire, qui ne porte que le nombre de pages. À envoyer vide si ce
            nombre est inconnu : il ne peut pas être omis.
        indications_supplementaires: Indicateurs médicaux et administratifs complémentaires.
            Tous sont facultatifs, mais l'élément qui les contient est obligatoire.
        signature: Emplacement réservé à une signature XML : vide, ou un seul élément d'un
            autre espace de noms, non contrôlé si son schéma est inconnu. En minuscules dans
            ce message.
        document: Mémoire imprimable au format PDF, encodé en base64. Facultatif pour le
            schéma, mais attendu par le processus : le PDF voyage dans la requête de dépôt.
    """

    class Meta:
        name = "T_MemoireHonoraires"

    entete: TEntete = field(
        metadata={
            "type": "Element",
            "namespace": "",
        }
    )
    prestation: list[TPrestation] = field(
        default_factory=list,
        metadata={
            "type": "Element",
            "namespace": "",
            "min_occurs": 1,
        },
    )
    paiement: TPaiement = field(
        metadata={
            "type": "Element",
            "namespace": "",
        }
    )
    libre: TLibre = field(
        metadata={
            "type": "Element",
            "namespace": "",
        }
    )
    footer: TFooter = field(
        metadata={
            "type": "Element",
            "namespace": "",
        }
    )
    indications_supplementaires: TControles = field(
        metadata={
            "name": "indicationsSupplementaires",
            "type": "Element",
            "namespace": "",
        }
    )
    signature: None | TMemoireHonoraires.Signature = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "",
        },
    )
    document: None | bytes = field(
        default=None,
        metadata={
            "type": "Element",
            "namespace": "",
            "format": "base64",
        },
    )

    @dataclass(slots=True, kw_only=True)
    class Signature:
        other_element: None | object = field(
            default=None,
            metadata={
                "type": "Wildcard",
                "namespace": "##other",
            },
        )


@dataclass(slots=True, kw_only=True)
class MemoireHonoraire(TMemoireHonoraires):
    """
    Racine de la requête de dépôt : un mémoire d'honoraires complet, avec son PDF.

    C'est le seul élément qualifié du message ; le nom est au singulier alors que la racine de
    la réponse est au pluriel.
    """

    class Meta:
        name = "memoireHonoraire"
        namespace = "http://www.secu.lu/ciss/cns"
