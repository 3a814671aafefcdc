package io.sekimori.identity.device;

import io.sekimori.identity.Enrolled;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * What is kept of an enrolment: {@code identity.json}.
 *
 * @param enrolled what the gateway is
 * @param activation which activation made it so, by its id; not secret
 */
record Kept(Enrolled enrolled, String activation) {

    private static final long FORMAT = 1;
    private static final int MAX_BYTES = 256 << 10;

    static Kept parse(byte[] utf8) throws MalformedJson {
        JsonObject json = JsonObject.parse(utf8, MAX_BYTES);
        if (json.number("format") != FORMAT) {
            throw new MalformedJson("format is not " + FORMAT);
        }
        try {
            return new Kept(
                    new Enrolled(
                            json.string("gateway"),
                            json.string("account"),
                            certificates(json.strings("chain")),
                            certificates(json.strings("anchors")),
                            URI.create(json.string("console")),
                            URI.create(json.string("broker"))),
                    json.string("activation"));
        } catch (IllegalArgumentException e) {
            throw new MalformedJson(String.valueOf(e.getMessage()), e);
        }
    }

    byte[] bytes() {
        return JsonText.bytes(Map.of(
                "format", FORMAT,
                "gateway", enrolled.id(),
                "account", enrolled.account(),
                "chain", base64(enrolled.chain()),
                "anchors", base64(enrolled.anchors()),
                "console", enrolled.console().toString(),
                "broker", enrolled.broker().toString(),
                "activation", activation));
    }

    private static List<String> base64(List<X509Certificate> certificates) {
        List<String> texts = new ArrayList<>();
        for (X509Certificate each : certificates) {
            try {
                texts.add(Base64.getEncoder().encodeToString(each.getEncoded()));
            } catch (CertificateEncodingException e) {
                throw new IllegalStateException("a certificate that was read has its bytes", e);
            }
        }
        return texts;
    }

    private static List<X509Certificate> certificates(List<String> texts) throws MalformedJson {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            List<X509Certificate> certificates = new ArrayList<>();
            for (String text : texts) {
                byte[] der = Base64.getDecoder().decode(text);
                certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
            }
            return certificates;
        } catch (CertificateException e) {
            throw new MalformedJson("not a certificate", e);
        }
    }
}
