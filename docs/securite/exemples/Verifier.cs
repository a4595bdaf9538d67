// Recalcule chaque empreinte d'un message signé, puis vérifie chaque SignatureValue.
//
//     dotnet new console -o verifier
//     dotnet add verifier package System.Security.Cryptography.Xml
//     cp Verifier.cs verifier/Program.cs
//     dotnet run --project verifier -- message.xml [DOSSIER]
//
// DOSSIER reçoit les formes canoniques. Seul le calcul est jugé : ni la confiance dans le
// certificat, ni les parties qui devaient être signées.

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Xml;

static class Verifier
{
    const string Ds = "http://www.w3.org/2000/09/xmldsig#";
    const string Wsse =
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    const string Exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
    const string Enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
    const string Sha256 = "http://www.w3.org/2001/04/xmlenc#sha256";
    const string RsaSha256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
    static readonly string[] Known = { Exclusive, Enveloped, Sha256, RsaSha256 };

    /// <summary>Chaque signature du message ; code de sortie 1 si un calcul diffère.</summary>
    static int Main(string[] given)
    {
        var document = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit };
        using (var reader = XmlReader.Create(given[0], settings))
        {
            document.Load(reader);
        }
        var good = true;
        var number = 0;
        foreach (var signature in All(document, Ds, "Signature").ToList())
        {
            Console.WriteLine("Signature " + ++number);
            var forms = new Dictionary<string, byte[]>();
            good &= Check(document, signature, forms);
            if (given.Length > 1)
            {
                var folder = Path.Combine(given[1], "signature-" + number);
                Directory.CreateDirectory(folder);
                foreach (var form in forms)
                {
                    File.WriteAllBytes(Path.Combine(folder, form.Key), form.Value);
                }
            }
        }
        return good ? 0 : 1;
    }

    /// <summary>Une ligne par référence, puis une pour SignatureValue.</summary>
    static bool Check(XmlDocument document, XmlElement signature, Dictionary<string, byte[]> forms)
    {
        var info = All(signature, Ds, "SignedInfo").First();
        foreach (XmlAttribute algorithm in info.SelectNodes(".//@Algorithm"))
        {
            if (!Known.Contains(algorithm.Value))
            {
                throw new NotSupportedException(algorithm.Value);
            }
        }
        var good = true;
        var number = 0;
        foreach (var reference in All(info, Ds, "Reference"))
        {
            var node = ById(document, reference.GetAttribute("URI").Substring(1));
            var octets = Digested(node, signature, reference);
            forms[++number + "-" + node.LocalName + ".c14n"] = octets;
            var computed = Convert.ToBase64String(SHA256.Create().ComputeHash(octets));
            var written = All(reference, Ds, "DigestValue").First().InnerText;
            Console.WriteLine(computed == written
                ? node.LocalName + " : juste, " + computed
                : node.LocalName + " : fausse, message " + written + ", calcul " + computed);
            good &= computed == written;
        }
        var signed = Canonical(info, All(info, Ds, "CanonicalizationMethod").First());
        forms["signed-info.c14n"] = signed;
        var value = Convert.FromBase64String(All(signature, Ds, "SignatureValue").First().InnerText);
        var right = Certificate(document, signature).GetRSAPublicKey().VerifyData(
            signed, value, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        Console.WriteLine("SignatureValue : " + (right ? "juste" : "fausse"));
        return good && right;
    }

    /// <summary>Forme canonique exclusive, avec la PrefixList écrite dans le message.</summary>
    static byte[] Canonical(XmlElement element, XmlElement method)
    {
        // La transformation lit un document entier : l'élément y est recopié seul, avec les
        // espaces de noms déclarés au-dessus de lui, qu'une PrefixList peut demander.
        var alone = new XmlDocument { PreserveWhitespace = true, XmlResolver = null };
        var copy = (XmlElement)alone.AppendChild(alone.ImportNode(element, true));
        var scope = element.CreateNavigator().GetNamespacesInScope(XmlNamespaceScope.ExcludeXml);
        foreach (var known in scope)
        {
            copy.SetAttribute(known.Key == "" ? "xmlns" : "xmlns:" + known.Key, known.Value);
        }
        var listed = All(method, Exclusive, "InclusiveNamespaces").FirstOrDefault();
        var transform = new XmlDsigExcC14NTransform(listed?.GetAttribute("PrefixList"));
        transform.LoadInput(alone);
        using (var stream = (Stream)transform.GetOutput(typeof(Stream)))
        using (var octets = new MemoryStream())
        {
            stream.CopyTo(octets);
            return octets.ToArray();
        }
    }

    /// <summary>Les octets dont la référence donne l'empreinte.</summary>
    static byte[] Digested(XmlElement node, XmlElement signature, XmlElement reference)
    {
        var methods = All(reference, Ds, "Transform").ToDictionary(m => m.GetAttribute("Algorithm"));
        if (!methods.ContainsKey(Enveloped))
        {
            return Canonical(node, methods[Exclusive]);
        }
        // La signature sort de l'arbre le temps du calcul.
        var parent = signature.ParentNode;
        var next = signature.NextSibling;
        parent.RemoveChild(signature);
        var octets = Canonical(node, methods[Exclusive]);
        parent.InsertBefore(signature, next);
        return octets;
    }

    /// <summary>Le certificat que KeyInfo contient ou désigne.</summary>
    static X509Certificate2 Certificate(XmlDocument document, XmlElement signature)
    {
        var info = All(signature, Ds, "KeyInfo").First();
        var holder = All(info, Ds, "X509Certificate").FirstOrDefault()
            ?? ById(document, All(info, Wsse, "Reference").First().GetAttribute("URI").Substring(1));
        return new X509Certificate2(Convert.FromBase64String(holder.InnerText));
    }

    /// <summary>L'élément de cet identifiant ; il n'y en a qu'un.</summary>
    static XmlElement ById(XmlDocument document, string wanted)
    {
        return document.SelectNodes("//@*[local-name()='Id' or local-name()='ID']")
            .Cast<XmlAttribute>().Single(id => id.Value == wanted).OwnerElement;
    }

    /// <summary>Les descendants de ce nom, dans leur ordre.</summary>
    static IEnumerable<XmlElement> All(XmlNode node, string space, string name)
    {
        return node.SelectNodes(".//*").Cast<XmlElement>()
            .Where(found => found.NamespaceURI == space && found.LocalName == name);
    }
}
