package io.sekimori.settings;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditReceipt;
import io.sekimori.connection.Method;
import io.sekimori.connection.Reply;
import io.sekimori.connection.Request;
import io.sekimori.generation.Unit;
import io.sekimori.identity.Enrolled;
import io.sekimori.identity.Identity;
import io.sekimori.trust.DirectorRepository;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.KeyFile;
import io.sekimori.trust.Lifetimes;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Mandate;
import io.sekimori.trust.MetadataFiles;
import io.sekimori.trust.OnlineDirector;
import io.sekimori.trust.Role;
import io.sekimori.trust.RoleKeys;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.Signer;
import io.sekimori.trust.TufKey;
import io.sekimori.update.Forgeries.Forgery;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.osgi.service.log.Logger;

/** A unit with a director, an audit that is a list, and a clock that goes as the test says. */
final class Lab extends Clock {

    static final String GATEWAY = "g-aaaaaaaaaaaa";
    static final Duration SETTLING = Duration.ofSeconds(3);

    final FakeConfigurations configurations = new FakeConfigurations();
    final List<String> audited = new CopyOnWriteArrayList<>();
    final List<Forgery> forged = new CopyOnWriteArrayList<>();
    KeyFile directorKey;
    final Unit unit;
    volatile Instant now = Instant.now();
    volatile boolean audits = true;
    private final KeyPair device;
    private final OnlineDirector director;
    private final DirectorRepository offline;
    private final KeyFile root;
    private long counter = 100;

    Lab(Path folder) throws Exception {
        unit = new Unit(folder.resolve("unit"));
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        device = generator.generateKeyPair();
        root = KeyFile.create(folder.resolve("root.key"));
        directorKey = KeyFile.create(folder.resolve("director.key"));
        offline = DirectorRepository.init(
                folder.resolve("director"),
                Map.of(
                        Role.ROOT, RoleKeys.of(1, root.publicKey()),
                        Role.TARGETS, RoleKeys.of(1, directorKey.publicKey())),
                List.of(root),
                Lifetimes.DEFAULT,
                now);
        byte[] anchor = offline.anchor();
        Files.createDirectories(unit.trust());
        Files.write(unit.directorAnchor(), anchor);
        director = new OnlineDirector(new Memory());
        director.begin(anchor);
    }

    /** The gateway's process; another call is another process on the same disk. */
    SettingsApplication start() {
        SettingsApplication application = new SettingsApplication(unit, this, SETTLING, silent());
        application.configurations = configurations;
        application.identity = new Known();
        application.audit = entry -> {
            if (!audits) {
                throw new AuditException(AuditCode.AUDIT_UNWRITABLE, "by test", null);
            }
            audited.add(entry.actor() + " " + entry.action() + " " + entry.verdict() + " " + entry.reason() + " "
                    + entry.detail());
            return new AuditReceipt(1, Instant.EPOCH, "0".repeat(64));
        };
        application.forgeries = forged::add;
        return application;
    }

    /** The director has another key, and the gateway has followed its root. */
    void replaceDirectorKey() throws Exception {
        directorKey = KeyFile.create(unit.directory().resolveSibling("director-2.key"));
        follow(2, directorKey);
    }

    /** The gateway has followed a root that names these keys for mandates, of which each is enough. */
    void follow(int version, KeyFile... keys) throws Exception {
        Map<Role, RoleKeys> next = new HashMap<>(offline.roles());
        next.put(
                Role.TARGETS,
                RoleKeys.of(1, Stream.of(keys).map(KeyFile::publicKey).toArray(TufKey[]::new)));
        offline.stageRoot(next, Lifetimes.DEFAULT, now);
        offline.signRoot(List.of(root));
        offline.publishRoot(now);
        String name = version + ".root.json";
        byte[] bytes = offline.roots().get(name);
        director.follow(bytes, now);
        Files.createDirectories(unit.metadata().resolve("director"));
        Files.write(unit.metadata().resolve("director").resolve(name), bytes);
    }

    /** The next mandates count from here. */
    void countFrom(long next) {
        counter = next;
    }

    Mandate mandate(String action, Map<String, ?> content) {
        return mandate(action, GATEWAY, content);
    }

    Mandate mandate(String action, String gateway, Map<String, ?> content) {
        counter++;
        return new Mandate(
                "c-" + counter,
                "person:alice 192.0.2.7",
                action,
                gateway,
                Sha256.hex(device.getPublic().getEncoded()),
                counter,
                now,
                now.plus(Duration.ofMinutes(5)),
                content);
    }

    byte[] signed(Mandate mandate, Signer... signers) throws Exception {
        return director.mandate(mandate, signers.length == 0 ? List.of(directorKey) : List.of(signers));
    }

    static Map<String, Object> wish(String pid, long version, Map<String, ?> set) {
        return wish(Map.of(pid, change(version, set)));
    }

    /** Another host for a and b; a is in version 3, b in version 1. */
    static Map<String, Object> wishOfTwo(long versionOfB) {
        Map<String, String> set = Map.of("host", "new");
        return wish(Map.of("a", change(3, set), "b", change(versionOfB, set)));
    }

    private static Map<String, Object> wish(Map<String, ?> changes) {
        return Map.of("reason", "because", "trialSeconds", 60L, "changes", changes);
    }

    private static Map<String, Object> change(long version, Map<String, ?> set) {
        return Map.of("version", version, "set", set, "unset", List.of());
    }

    static Reply put(SettingsApplication application, String path, byte[] body) {
        return application.handle(new Request(Method.PUT, List.of(path), Map.of(), body, "console", "r-1"));
    }

    static Map<String, ?> get(SettingsApplication application, String... path) throws MalformedJson {
        Reply reply = application.handle(
                new Request(Method.GET, List.of(path), Map.of("language", "ja"), new byte[0], "console", "r-2"));
        return reply.code() == 200 ? JsonObject.parse(reply.body()).asMap() : reply.metrics();
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    private static X509Certificate certificate(KeyPair key) {
        X500Name name = new X500Name("CN=" + GATEWAY);
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    name,
                                    BigInteger.ONE,
                                    new Date(),
                                    Date.from(Instant.now().plus(Duration.ofDays(1))),
                                    name,
                                    key.getPublic())
                            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(key.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    private static Logger silent() {
        return (Logger) Proxy.newProxyInstance(
                Lab.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> null);
    }

    private final class Known implements Identity {

        private final X509Certificate certificate = certificate(device);

        @Override
        public String model() {
            return "M-1";
        }

        @Override
        public String serial() {
            return "0001";
        }

        @Override
        public Optional<Enrolled> enrolled() {
            return Optional.of(new Enrolled(
                    GATEWAY,
                    "sekimori",
                    List.of(certificate),
                    List.of(certificate),
                    URI.create("https://localhost:1"),
                    URI.create("ssl://localhost:1")));
        }

        @Override
        public Optional<SSLContext> tls() {
            return Optional.empty();
        }
    }

    private static final class Memory implements MetadataFiles {

        private final Map<String, byte[]> files = new HashMap<>();

        @Override
        public void save(String name, byte[] bytes) {
            files.put(name, bytes);
        }

        @Override
        public Optional<byte[]> fetch(String name, int maxBytes) {
            return Optional.ofNullable(files.get(name));
        }
    }
}
