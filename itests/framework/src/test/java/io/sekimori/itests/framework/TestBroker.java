package io.sekimori.itests.framework;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Debian's mosquitto, with a CA of openssl's that certifies whoever is to connect. */
final class TestBroker {

    private static final char[] PASSWORD = "test".toCharArray();
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final Path folder;
    private final int port;
    private Process process;

    TestBroker(Path folder) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = socket.getLocalPort();
        }
        Files.writeString(
                folder.resolve("extensions"), "subjectAltName=IP:127.0.0.1\nextendedKeyUsage=serverAuth,clientAuth\n");
        openssl("ecparam -genkey -name prime256v1 -noout -out ca.key");
        openssl("req -new -x509 -key ca.key -subj /CN=ca -days 1 -out ca.pem");
        party("broker");
    }

    URI address() {
        return URI.create("ssl://127.0.0.1:" + port);
    }

    X509Certificate anchor() throws IOException, GeneralSecurityException {
        return certificate("ca");
    }

    /** A certificate of this name for a key that somebody else keeps. */
    X509Certificate certify(String name, PublicKey key) throws Exception {
        String pem = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(key.getEncoded());
        Files.writeString(
                folder.resolve(name + ".pub"), "-----BEGIN PUBLIC KEY-----\n" + pem + "\n-----END PUBLIC KEY-----\n");
        // The request is signed by another key than is certified, which nobody here has.
        openssl("req -new -key ca.key -subj /CN=" + name + " -out " + name + ".csr");
        sign(name, "-force_pubkey " + name + ".pub");
        return certificate(name);
    }

    /** What a client of this name connects with. */
    SSLContext client(String name) throws Exception {
        party(name);
        openssl("pkcs12 -export -inkey " + name + ".key -in " + name + ".pem -out " + name + ".p12 -passout pass:test");
        KeyStore own = KeyStore.getInstance(folder.resolve(name + ".p12").toFile(), PASSWORD);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", anchor());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    void start() throws IOException, InterruptedException {
        Files.write(
                folder.resolve("conf"),
                List.of(
                        "user root",
                        "listener " + port + " 127.0.0.1",
                        "cafile " + folder.resolve("ca.pem"),
                        "certfile " + folder.resolve("broker.pem"),
                        "keyfile " + folder.resolve("broker.key"),
                        "require_certificate true",
                        "use_identity_as_username true"));
        process =
                run(List.of("/usr/sbin/mosquitto", "-c", folder.resolve("conf").toString()));
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!answers()) {
            if (System.nanoTime() > end || process.waitFor(50, TimeUnit.MILLISECONDS)) {
                throw new IOException("no broker: " + Files.readString(folder.resolve("log")));
            }
        }
    }

    void stop() throws InterruptedException {
        if (process != null) {
            process.destroy();
            process.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private void party(String name) throws IOException, InterruptedException {
        openssl("ecparam -genkey -name prime256v1 -noout -out " + name + ".key");
        openssl("req -new -key " + name + ".key -subj /CN=" + name + " -out " + name + ".csr");
        sign(name, "");
    }

    private void sign(String name, String more) throws IOException, InterruptedException {
        openssl("x509 -req -in " + name
                + ".csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 1 -extfile extensions -out " + name + ".pem "
                + more);
    }

    private X509Certificate certificate(String name) throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(folder.resolve(name + ".pem"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private void openssl(String arguments) throws IOException, InterruptedException {
        Process openssl = run(List.of(("openssl " + arguments).trim().split(" ")));
        if (openssl.waitFor() != 0) {
            throw new IOException(arguments + ": " + Files.readString(folder.resolve("log")));
        }
    }

    private Process run(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
