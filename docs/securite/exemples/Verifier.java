import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.crypto.KeySelector;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Recalcule chaque empreinte d'un message signé, puis vérifie chaque SignatureValue.
 *
 * <p>java Verifier.java message.xml [DOSSIER]
 *
 * <p>DOSSIER reçoit les formes canoniques. Java 17, sans autre bibliothèque. Seul le calcul est
 * jugé : ni la confiance dans le certificat, ni les parties qui devaient être signées.
 */
public final class Verifier {
    private static final String WSSE =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";

    /** Chaque signature du message, dans son ordre ; code de sortie 1 si un calcul diffère. */
    public static void main(String[] given) throws Exception {
        DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
        parsers.setNamespaceAware(true);
        parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        Document document = parsers.newDocumentBuilder().parse(Path.of(given[0]).toFile());
        Map<String, Attr> ids = new HashMap<>();
        collect(document.getDocumentElement(), ids);
        NodeList signatures = document.getElementsByTagNameNS(XMLSignature.XMLNS, "Signature");
        boolean good = true;
        for (int number = 1; number <= signatures.getLength(); number++) {
            System.out.println("Signature " + number);
            Path folder = given.length > 1 ? Path.of(given[1], "signature-" + number) : null;
            good &= check((Element) signatures.item(number - 1), ids, folder);
        }
        System.exit(good ? 0 : 1);
    }

    /** Une ligne par référence, puis une pour SignatureValue ; vrai si tout est juste. */
    private static boolean check(Element element, Map<String, Attr> ids, Path folder)
            throws Exception {
        PublicKey key = publicKey(element, ids);
        DOMValidateContext context =
                new DOMValidateContext(KeySelector.singletonKeySelector(key), element);
        // Garde les octets hachés, pour les écrire.
        context.setProperty("javax.xml.crypto.dsig.cacheReference", true);
        for (Attr id : ids.values()) {
            context.setIdAttributeNS(id.getOwnerElement(), id.getNamespaceURI(), id.getLocalName());
        }
        XMLSignature signature =
                XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
        boolean good = true;
        int number = 0;
        for (Reference reference : signature.getSignedInfo().getReferences()) {
            boolean right = reference.validate(context);
            String name = target(reference.getURI(), ids).getLocalName();
            String written = base64(reference.getDigestValue());
            String computed = base64(reference.getCalculatedDigestValue());
            System.out.println(right
                    ? name + " : juste, " + computed
                    : name + " : fausse, message " + written + ", calcul " + computed);
            keep(folder, ++number + "-" + name + ".c14n", reference.getDigestInputStream());
            good &= right;
        }
        boolean right = signature.getSignatureValue().validate(context);
        System.out.println("SignatureValue : " + (right ? "juste" : "fausse"));
        keep(folder, "signed-info.c14n", signature.getSignedInfo().getCanonicalizedData());
        return good && right;
    }

    /** La clé du certificat que KeyInfo contient ou désigne. */
    private static PublicKey publicKey(Element signature, Map<String, Attr> ids) throws Exception {
        Element info =
                (Element) signature.getElementsByTagNameNS(XMLSignature.XMLNS, "KeyInfo").item(0);
        Node holder = info.getElementsByTagNameNS(XMLSignature.XMLNS, "X509Certificate").item(0);
        if (holder == null) {
            Element reference = (Element) info.getElementsByTagNameNS(WSSE, "Reference").item(0);
            holder = target(reference.getAttribute("URI"), ids);
        }
        byte[] der = Base64.getMimeDecoder().decode(holder.getTextContent());
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(der)).getPublicKey();
    }

    private static Element target(String uri, Map<String, Attr> ids) {
        return ids.get(uri.substring(1)).getOwnerElement();
    }

    /** Java ne devine pas quels attributs sont des identifiants : il faut les lui dire. */
    private static void collect(Element element, Map<String, Attr> ids) {
        NamedNodeMap attributes = element.getAttributes();
        for (int index = 0; index < attributes.getLength(); index++) {
            Attr attribute = (Attr) attributes.item(index);
            if (List.of("Id", "ID").contains(attribute.getLocalName())
                    && ids.put(attribute.getValue(), attribute) != null) {
                throw new IllegalArgumentException("identifiant double : " + attribute.getValue());
            }
        }
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element) {
                collect((Element) node, ids);
            }
        }
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    private static void keep(Path folder, String name, InputStream octets) throws Exception {
        if (folder != null) {
            Files.createDirectories(folder);
            Files.write(folder.resolve(name), octets.readAllBytes());
        }
    }
}
