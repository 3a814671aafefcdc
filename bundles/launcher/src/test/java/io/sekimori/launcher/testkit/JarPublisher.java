package io.sekimori.launcher.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.KeyStore.PasswordProtection;
import java.security.KeyStore.PrivateKeyEntry;
import java.util.Base64;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;

/** Signs jars with a certificate of its own that began yesterday and ends in a year. */
public record JarPublisher(PrivateKeyEntry entry) {

    private static final String PASSWORD = "of a test";

    /** Makes one; its key is kept in that file. */
    public static JarPublisher make(Path file) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        "publisher",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=Acme",
                        "-startdate",
                        "-1d",
                        "-validity",
                        "365")
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException(said);
        }
        char[] password = PASSWORD.toCharArray();
        KeyStore keys = KeyStore.getInstance(file.toFile(), password);
        return new JarPublisher((PrivateKeyEntry) keys.getEntry("publisher", new PasswordProtection(password)));
    }

    /** Signs it in its place. */
    public void sign(Path jar) throws Exception {
        Path signed = jar.resolveSibling("signed.jar");
        try (ZipFile from = new ZipFile(jar.toFile());
                OutputStream to = Files.newOutputStream(signed)) {
            new JarSigner.Builder(entry).build().sign(from, to);
        }
        Files.move(signed, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Writes the certificate as PEM. */
    public void list(Path file) throws Exception {
        Files.writeString(
                file,
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(entry.getCertificate().getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
    }
}
