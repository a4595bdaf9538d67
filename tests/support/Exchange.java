import java.io.FileInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.keyinfo.KeyInfoFactory;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.ExcC14NParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Signs an envelope and sends it over mutual TLS, with the standard library alone. */
public final class Exchange {
    private static final String EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";
    private static final String RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
    private static final String SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256";
    private static final String UTILITY =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    private static final String SECURITY =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    private static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";

    /** Arguments: URL, envelope, PKCS#12, file of its password, authority (PEM). */
    public static void main(String[] given) throws Exception {
        char[] password = Files.readString(Path.of(given[3])).strip().toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (FileInputStream in = new FileInputStream(given[2])) {
            store.load(in, password);
        }
        String alias = store.aliases().nextElement();
        byte[] body = signed(Path.of(given[1]), (PrivateKey) store.getKey(alias, password),
                store.getCertificate(alias));
        HttpClient client = HttpClient.newBuilder()
                .sslContext(tls(store, password, Path.of(given[4]))).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(given[0]))
                .header("Content-Type", "text/xml;charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        System.out.println(answer.statusCode());
        System.out.println(answer.body());
    }

    private static byte[] signed(Path file, PrivateKey key, Certificate certificate)
            throws Exception {
        DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
        parsers.setNamespaceAware(true);
        Document document = parsers.newDocumentBuilder().parse(file.toFile());
        Element body = (Element) document.getElementsByTagNameNS(SOAP, "Body").item(0);
        body.setIdAttributeNS(UTILITY, "Id", true);
        XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
        Reference reference = factory.newReference("#" + body.getAttributeNS(UTILITY, "Id"),
                factory.newDigestMethod(SHA256, null),
                List.of(factory.newTransform(EXCLUSIVE, new ExcC14NParameterSpec(List.of("sync")))),
                null, null);
        C14NMethodParameterSpec prefixes = new ExcC14NParameterSpec(List.of("soapenv"));
        SignedInfo info = factory.newSignedInfo(
                factory.newCanonicalizationMethod(EXCLUSIVE, prefixes),
                factory.newSignatureMethod(RSA_SHA256, null), List.of(reference));
        KeyInfoFactory infos = factory.getKeyInfoFactory();
        KeyInfo keyInfo = infos.newKeyInfo(List.of(infos.newX509Data(List.of(certificate))));
        DOMSignContext place = new DOMSignContext(key,
                document.getElementsByTagNameNS(SECURITY, "Security").item(0));
        place.setDefaultNamespacePrefix("ds");
        factory.newXMLSignature(info, keyInfo).sign(place);
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        TransformerFactory.newInstance().newTransformer()
                .transform(new DOMSource(document), new StreamResult(out));
        return out.toByteArray();
    }

    private static SSLContext tls(KeyStore store, char[] password, Path authority)
            throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, password);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (FileInputStream in = new FileInputStream(authority.toFile())) {
            trusted.setCertificateEntry("authority",
                    CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
