package io.sekimori.update.engine.lab;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditLog;
import io.sekimori.audit.AuditReceipt;
import io.sekimori.config.Authorship;
import io.sekimori.config.Change;
import io.sekimori.config.ChangeOutcome;
import io.sekimori.config.ConfigCode;
import io.sekimori.config.Configuration;
import io.sekimori.config.Configurations;
import io.sekimori.config.Description;
import io.sekimori.config.Snapshot;
import io.sekimori.config.VersionFacts;
import io.sekimori.keys.KeyAlgorithm;
import io.sekimori.keys.KeyCode;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.Keys;
import io.sekimori.keys.Protection;
import io.sekimori.keys.PublicKeyFacts;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/** Audit, keys and config that write down what they are asked, in one list of the lab. */
final class FakeCapabilities implements AuditLog, Keys, Configurations {

    private final KeyPair device;
    private final List<String> notes;

    FakeCapabilities(KeyPair device, List<String> notes) {
        this.device = device;
        this.notes = notes;
    }

    @Override
    public AuditReceipt append(AuditEntry entry) {
        notes.add("audited " + entry.action() + " " + entry.subject());
        notes.add("audit " + entry.verdict() + " " + entry.reason() + " by " + entry.actor() + " " + entry.action());
        return new AuditReceipt(1, Instant.now(), "0".repeat(64));
    }

    @Override
    public List<String> names() {
        return List.of(DEVICE);
    }

    @Override
    public Optional<PublicKeyFacts> publicKey(String name) {
        return Optional.of(new PublicKeyFacts(name, KeyAlgorithm.EC_P256, device.getPublic()));
    }

    @Override
    public byte[] sign(String name, byte[] message) throws KeyException {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(device.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new KeyException(KeyCode.values()[0], "by test", e);
        }
    }

    @Override
    public SSLContext tls(String name, List<X509Certificate> chain, List<X509Certificate> anchors) {
        throw new IllegalStateException("an update connects to nobody");
    }

    @Override
    public SSLContext server(String name, List<X509Certificate> chain, List<X509Certificate> anchors) {
        throw new IllegalStateException("nobody serves here");
    }

    @Override
    public PublicKeyFacts create(String name, KeyAlgorithm algorithm, String actor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void destroy(String name, String actor, String reason) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Protection protection() {
        return new Protection(Protection.Kind.FILE, "by test");
    }

    @Override
    public List<Description> describe(Locale locale) {
        return List.of();
    }

    @Override
    public Optional<Configuration> read(String pid) {
        return Optional.empty();
    }

    @Override
    public ChangeOutcome change(Change change) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ChangeOutcome remove(String pid, long expectedVersion, Authorship authorship) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<VersionFacts> history(String pid) {
        return List.of();
    }

    @Override
    public ChangeOutcome restore(String pid, long version, long expectedVersion, Authorship authorship) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Snapshot snapshot(Set<String> bundlesOrPids) {
        if (bundlesOrPids.contains("exploding.pid")) {
            throw new IllegalStateException("a fault by test");
        }
        if (bundlesOrPids.contains("unlinked.pid")) {
            throw new NoClassDefFoundError("by test");
        }
        notes.add("config snapshot");
        return new Snapshot("s-1", Map.of("some.pid", 3L));
    }

    @Override
    public List<ChangeOutcome> restore(Snapshot snapshot, Authorship authorship) {
        notes.add("config restore " + snapshot.versions());
        return List.of();
    }

    @Override
    public void forget(Snapshot snapshot) {
        notes.add("config forget");
    }

    @Override
    public List<ChangeOutcome> applyDefaults(long generation, Map<String, Map<String, Object>> configurations) {
        notes.add("config apply " + generation);
        return configurations.containsKey("refused.pid")
                ? List.of(new ChangeOutcome.Refused("refused.pid", ConfigCode.PID_UNKNOWN, "level", "by test"))
                : List.of();
    }
}
