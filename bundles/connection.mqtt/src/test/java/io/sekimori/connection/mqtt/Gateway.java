package io.sekimori.connection.mqtt;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditLog;
import io.sekimori.audit.AuditReceipt;
import io.sekimori.connection.Application;
import io.sekimori.connection.mqtt.Authority.Party;
import io.sekimori.identity.Enrolled;
import io.sekimori.identity.HttpProxy;
import io.sekimori.identity.Identity;
import io.sekimori.keys.KeyAlgorithm;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.Keys;
import io.sekimori.keys.Protection;
import io.sekimori.keys.PublicKeyFacts;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/** A gateway around one connection: its identity, its key and its audit. */
final class Gateway implements Identity, Keys, AuditLog {

    static final String ID = "g-abcdefghijkl";

    final List<AuditEntry> audited = new CopyOnWriteArrayList<>();

    private final Authority authority;
    private final URI broker;
    private volatile Party party;
    private volatile SSLContext tls;
    private volatile boolean known = true;
    volatile Optional<HttpProxy> proxy = Optional.empty();

    Gateway(Authority authority, URI broker) {
        this.authority = authority;
        this.broker = broker;
        this.party = authority.party(ID, "gateway");
        this.tls = authority.tls(party);
    }

    static Settings settings() {
        return new Settings(
                Optional.empty(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofMillis(20),
                Duration.ofMillis(200),
                Duration.ofMillis(50),
                2,
                2,
                Duration.ofSeconds(10),
                1 << 20);
    }

    /** A connection of this gateway, at work. */
    MqttConnection connection(Path outbox) {
        return connection(outbox, settings(), Map.of());
    }

    MqttConnection connection(Path outbox, Settings settings, Map<String, Application> applications) {
        Birth.Software software = new Birth.Software(7, "0.1.0", "Felix", "7.0.5");
        MqttConnection connection = new MqttConnection(
                outbox, new Birth(software, Clock.systemUTC()), settings, Clock.systemUTC(), Silence.LOG);
        connection.keys = this;
        connection.audit = this;
        connection.bindIdentity(Reference.to(Identity.class, "identity", 0), this);
        applications.forEach((id, application) -> install(connection, id, application));
        connection.begin();
        return connection;
    }

    static void install(MqttConnection connection, String id, Application application) {
        connection.bindApplication(Reference.to(Application.class, id, 0), application);
    }

    X509Certificate certificate() {
        return party.certificate();
    }

    void renew() {
        party = authority.renewed(party, ID, "gateway");
        tls = authority.tls(party);
    }

    void known(boolean now) {
        known = now;
    }

    @Override
    public String model() {
        return "M1";
    }

    @Override
    public String serial() {
        return "S-0001";
    }

    @Override
    public Optional<Enrolled> enrolled() {
        return known
                ? Optional.of(new Enrolled(
                        ID,
                        "sekimori",
                        List.of(party.certificate()),
                        List.of(authority.certificate()),
                        URI.create("https://127.0.0.1"),
                        broker))
                : Optional.empty();
    }

    @Override
    public Optional<SSLContext> tls() {
        return known ? Optional.of(tls) : Optional.empty();
    }

    @Override
    public Optional<HttpProxy> proxy() {
        return proxy;
    }

    @Override
    public AuditReceipt append(AuditEntry entry) {
        audited.add(entry);
        return new AuditReceipt(audited.size(), Instant.now(), "0".repeat(64));
    }

    @Override
    public byte[] sign(String name, byte[] message) throws KeyException {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(party.key());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public List<String> names() {
        return List.of(Keys.DEVICE);
    }

    @Override
    public Optional<PublicKeyFacts> publicKey(String name) {
        return Optional.of(new PublicKeyFacts(
                name, KeyAlgorithm.EC_P256, party.certificate().getPublicKey()));
    }

    @Override
    public SSLContext tls(String name, List<X509Certificate> chain, List<X509Certificate> anchors) {
        return tls;
    }

    @Override
    public SSLContext server(String name, List<X509Certificate> chain, List<X509Certificate> anchors) {
        throw new IllegalStateException("nobody serves here");
    }

    @Override
    public PublicKeyFacts create(String name, KeyAlgorithm algorithm, String actor) {
        throw new AssertionError("the connection makes no keys");
    }

    @Override
    public void destroy(String name, String actor, String reason) {
        throw new AssertionError("the connection destroys no keys");
    }

    @Override
    public Protection protection() {
        return new Protection(Protection.Kind.FILE, "for tests");
    }
}
