package io.sekimori.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.sekimori.broker.testkit.TestAuthority;
import io.sekimori.broker.testkit.TestAuthority.Holder;
import io.sekimori.trust.Activation;
import io.sekimori.trust.Assigned;
import io.sekimori.trust.AssignmentDraft;
import io.sekimori.trust.DirectorRepository;
import io.sekimori.trust.KeyFile;
import io.sekimori.trust.Kind;
import io.sekimori.trust.Lifetimes;
import io.sekimori.trust.Release;
import io.sekimori.trust.ReleaseFacts;
import io.sekimori.trust.ReleaseRepository;
import io.sekimori.trust.Role;
import io.sekimori.trust.RoleKeys;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.Signer;
import io.sekimori.trust.Swap;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSAbsentContent;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** What a console is to its gateways: EST and files over HTTPS, with real certificates and real metadata. */
final class TestConsole implements AutoCloseable {

    static final String MODEL = "simulated";
    private static final String EST = "/.well-known/est/";
    private static final String FILES = "/gateway/v1/";

    final TestAuthority authority = new TestAuthority("Sekimori");
    /** The device keys of those who enrolled, by gateway id. */
    final Map<String, String> devices = new ConcurrentHashMap<>();

    private final Path folder;
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final ReleaseRepository releases;
    private final DirectorRepository director;
    private final List<Signer> signers = new ArrayList<>();
    private final Map<String, byte[]> jars = new ConcurrentHashMap<>();

    TestConsole(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        Map<Role, RoleKeys> roles = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            Signer signer = KeyFile.create(folder.resolve(role + ".pem"));
            signers.add(signer);
            roles.put(role, RoleKeys.of(1, signer.publicKey()));
        }
        Map<Role, RoleKeys> directing = Map.of(Role.ROOT, roles.get(Role.ROOT), Role.TARGETS, roles.get(Role.TARGETS));
        releases = ReleaseRepository.init(folder.resolve("releases"), roles, signers, Lifetimes.DEFAULT, Instant.now());
        director = DirectorRepository.init(
                folder.resolve("director"), directing, signers, Lifetimes.DEFAULT, Instant.now());
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setHttpsConfigurator(
                new HttpsConfigurator(authority.client(withAnchor(authority.issue("console-1", "console")))) {
                    @Override
                    public void configure(HttpsParameters parameters) {
                        SSLParameters tls = getSSLContext().getDefaultSSLParameters();
                        tls.setWantClientAuth(true);
                        parameters.setSSLParameters(tls);
                    }
                });
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** The console sends its CA along, which is how it is known before anything is trusted. */
    private Holder withAnchor(Holder holder) {
        List<X509Certificate> chain = new ArrayList<>(holder.chain());
        chain.add(authority.anchor());
        return new Holder(holder.keys(), chain);
    }

    /** Writes what units have of the publisher and the director. */
    Path trust() throws IOException {
        Path trust = Files.createDirectories(folder.resolve("trust"));
        Files.write(trust.resolve("root.json"), releases.anchor());
        Files.write(trust.resolve("director.json"), director.anchor());
        return trust;
    }

    byte[] activation(String id, int brokerPort) {
        URI console = URI.create("https://127.0.0.1:" + server.getAddress().getPort());
        try (Activation activation = new Activation(
                new Activation.Place(id, "sekimori", console, URI.create("ssl://127.0.0.1:" + brokerPort)),
                new Activation.Pins(Sha256.hex(authority.anchor().getPublicKey().getEncoded()), "0".repeat(64)),
                Instant.now().plus(Duration.ofHours(1)),
                "abcdefghijklmnopqrstuvwxyz".getBytes(StandardCharsets.US_ASCII))) {
            return activation.bytes();
        }
    }

    Release release(String name, String version, long counter) throws IOException {
        Path jar = folder.resolve(name + "-" + version + ".jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", name);
        manifest.getMainAttributes().putValue("Bundle-Version", version);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.flush();
        }
        Release release = releases.add(
                jar,
                new ReleaseFacts(name, version, counter, 0, 0, Swap.OVERLAP, Kind.BUNDLE, List.of()),
                Lifetimes.DEFAULT,
                Instant.now());
        jars.put(release.sha256(), Files.readAllBytes(jar));
        return release;
    }

    void publish() throws IOException {
        releases.sign(signers);
        releases.publish(signers, Lifetimes.DEFAULT, Instant.now());
    }

    /** Assigns and answers the signed assignment. */
    byte[] assign(String device, Release... items) throws IOException {
        director.assign(
                new AssignmentDraft(
                        device,
                        MODEL,
                        Arrays.stream(items).map(item -> Assigned.of(item, 10)).toList(),
                        Map.of()),
                signers,
                Lifetimes.DEFAULT,
                Instant.now());
        return director.metadata(device).fetch("targets.json", 1 << 20).orElseThrow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.equals(EST + "cacerts")) {
                est(exchange, authority.certificates());
            } else if (path.equals(EST + "simpleenroll")) {
                enrol(exchange);
            } else if (path.startsWith(FILES)) {
                file(exchange, path.substring(FILES.length()));
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        } catch (GeneralSecurityException | CMSException e) {
            exchange.sendResponseHeaders(400, -1);
        }
    }

    private void enrol(HttpExchange exchange) throws IOException, GeneralSecurityException, CMSException {
        Optional<String> authorization =
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
        if (authorization.isEmpty()) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"sekimori\"");
            exchange.sendResponseHeaders(401, -1);
            return;
        }
        String id = new String(
                        Base64.getDecoder().decode(authorization.get().substring("Basic ".length())),
                        StandardCharsets.US_ASCII)
                .split(":")[0];
        byte[] request =
                Base64.getMimeDecoder().decode(exchange.getRequestBody().readAllBytes());
        PublicKey key = new JcaPKCS10CertificationRequest(request).getPublicKey();
        devices.put(id, Sha256.hex(key.getEncoded()));
        est(exchange, List.of(authority.certify(key, id, "gateway")));
    }

    private static void est(HttpExchange exchange, List<X509Certificate> certificates)
            throws IOException, GeneralSecurityException, CMSException {
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addCertificates(new JcaCertStore(certificates));
        exchange.getResponseHeaders().set("Content-Type", "application/pkcs7-mime; smime-type=certs-only");
        exchange.getResponseHeaders().set("Content-Transfer-Encoding", "base64");
        send(
                exchange,
                200,
                Base64.getMimeEncoder()
                        .encode(generator.generate(new CMSAbsentContent()).getEncoded()));
    }

    private void file(HttpExchange exchange, String path) throws IOException {
        Optional<byte[]> found;
        if (path.startsWith("targets/")) {
            range(exchange, jars.get(path.substring("targets/".length())));
            return;
        } else if (path.startsWith("release/")) {
            found = releases.metadata().fetch(path.substring("release/".length()), 1 << 20);
        } else {
            String device = devices.getOrDefault(caller(exchange), "0".repeat(64));
            found = director.metadata(device).fetch(path.substring("director/".length()), 1 << 20);
        }
        if (found.isPresent()) {
            send(exchange, 200, found.get());
        } else {
            exchange.sendResponseHeaders(404, -1);
        }
    }

    private static void range(HttpExchange exchange, byte[] jar) throws IOException {
        String[] range = exchange.getRequestHeaders()
                .getFirst("Range")
                .replace("bytes=", "")
                .split("-");
        send(exchange, 206, Arrays.copyOfRange(jar, Integer.parseInt(range[0]), Integer.parseInt(range[1]) + 1));
    }

    private static String caller(HttpExchange exchange) {
        try {
            String name = ((HttpsExchange) exchange)
                    .getSSLSession()
                    .getPeerPrincipal()
                    .getName();
            return name.replaceFirst(".*CN=([^,]*).*", "$1");
        } catch (SSLPeerUnverifiedException e) {
            return "";
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
