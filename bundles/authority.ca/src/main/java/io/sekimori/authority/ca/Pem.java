package io.sekimori.authority.ca;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates, keys and lists as text (RFC 7468). Stateless. */
final class Pem {

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    static byte[] of(List<X509Certificate> certificates) {
        StringBuilder text = new StringBuilder();
        for (X509Certificate each : certificates) {
            try {
                text.append(new String(of("CERTIFICATE", each.getEncoded()), StandardCharsets.US_ASCII));
            } catch (CertificateEncodingException e) {
                throw new IllegalStateException("a certificate that was read has its bytes", e);
            }
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** One block; the caller wipes it if it is secret. */
    static byte[] of(String label, byte[] der) {
        byte[] begin = ("-----BEGIN " + label + "-----\n").getBytes(StandardCharsets.US_ASCII);
        byte[] base64 = LINES.encode(der);
        byte[] end = ("\n-----END " + label + "-----\n").getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(begin, begin.length + base64.length + end.length);
        System.arraycopy(base64, 0, all, begin.length, base64.length);
        System.arraycopy(end, 0, all, begin.length + base64.length, end.length);
        Arrays.fill(base64, (byte) 0);
        return all;
    }

    /** What stands in a text under a label, decoded, in order; other labels are passed over. */
    static List<byte[]> blocks(byte[] text, String label) throws IOException {
        List<byte[]> blocks = new ArrayList<>();
        Matcher found = Pattern.compile("-----BEGIN " + label + "-----([A-Za-z0-9+/=\\s]*)-----END " + label + "-----")
                .matcher(new String(text, StandardCharsets.US_ASCII));
        while (found.find()) {
            try {
                blocks.add(Base64.getMimeDecoder().decode(found.group(1)));
            } catch (IllegalArgumentException e) {
                throw new IOException("a " + label + " is not base64", e);
            }
        }
        return blocks;
    }

    /** The certificates of a text, in order. */
    static List<X509Certificate> certificates(byte[] text) throws IOException {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (byte[] each : blocks(text, "CERTIFICATE")) {
                certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(each)));
            }
            return certificates;
        } catch (CertificateException e) {
            throw new IOException("not a certificate", e);
        }
    }

    /** The certificates of a file, in order. */
    static List<X509Certificate> read(Path file) throws IOException {
        List<X509Certificate> certificates = certificates(Files.readAllBytes(file));
        if (certificates.isEmpty()) {
            throw new IOException(file + " holds no certificates");
        }
        return certificates;
    }
}
