package io.sekimori.identity.device;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditReceipt;
import io.sekimori.generation.Nameplate;
import io.sekimori.generation.Unit;
import io.sekimori.identity.EnrolAnswer;
import io.sekimori.identity.Enrolled;
import io.sekimori.identity.IdentityCode;
import io.sekimori.keys.KeyAlgorithm;
import io.sekimori.keys.KeyCode;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.Keys;
import io.sekimori.keys.Protection;
import io.sekimori.keys.PublicKeyFacts;
import io.sekimori.keys.kit.MemoryTls;
import io.sekimori.trust.Activation;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Sha256;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.osgi.service.log.Logger;

/** A unit on disk with a device key in memory, an audit that is a list, and an identity on top. */
final class Lab {

    static final String GATEWAY = "g-abcdefghijkl";
    static final RenewalSettings RENEWAL = new RenewalSettings(66, 6, Duration.ofSeconds(1), Duration.ofSeconds(1));
    static final String CODE = "abcdefghijklmnopqrstuvwx23";

    final Unit unit;
    final List<String> audited = new CopyOnWriteArrayList<>();
    private final List<DeviceIdentity> identities = new CopyOnWriteArrayList<>();
    final KeyPair device = TestCa.pair();
    volatile boolean hasKey = true;
    volatile boolean audits = true;
    volatile Way way = Way.DIRECT;

    Lab(Path folder) throws IOException {
        this.unit = new Unit(folder);
        Files.createDirectories(unit.trust());
        Files.write(unit.releaseAnchor(), "a root".getBytes(StandardCharsets.UTF_8));
        Files.write(unit.nameplate(), new Nameplate("M-1", "0001").bytes());
    }

    DeviceIdentity identity() throws IOException, MalformedJson {
        return identity(Clock.systemUTC());
    }

    DeviceIdentity identity(Clock clock) throws IOException, MalformedJson {
        DeviceIdentity identity = new DeviceIdentity(unit, RENEWAL, way, clock, silent());
        identity.keys = new DeviceKey();
        identity.audit = entry -> {
            if (!audits) {
                throw new AuditException(AuditCode.AUDIT_UNWRITABLE, "by test", null);
            }
            audited.add(entry.action() + " " + entry.verdict() + " " + entry.reason() + " by " + entry.actor());
            return new AuditReceipt(1, Instant.EPOCH, "0".repeat(64));
        };
        identities.add(identity);
        return identity;
    }

    Enrolling enrolling(IdentityFolder folder, Tools tools) {
        GatewayTime time = new GatewayTime(unit, Clock.systemUTC());
        return new Enrolling(
                unit,
                folder,
                tools,
                time,
                new ConsoleTime(unit, time, Optional::empty, console -> Optional.empty(), forgery -> {}),
                silent());
    }

    /** Ends what was made, and waits until nothing works in the unit's folder any more, so that it can be deleted. */
    void close() throws InterruptedException {
        identities.forEach(DeviceIdentity::end);
        for (Thread each : Thread.getAllStackTraces().keySet()) {
            if (each.getName().matches("sekimori-(identity|renewal|time)-1")) {
                each.join(TimeUnit.SECONDS.toMillis(10));
            }
        }
    }

    /** Makes the unit one that has been enrolled with this certificate. */
    void enrolled(TestConsole console, X509Certificate certificate) throws IOException {
        enrolled(console, certificate, console.ca.issuing);
    }

    /** The same, with one that this issuing CA made. */
    void enrolled(TestConsole console, X509Certificate certificate, X509Certificate issuing) throws IOException {
        IdentityFolder folder = new IdentityFolder(data());
        folder.lock().orElseThrow().release();
        folder.keep(new Kept(
                new Enrolled(
                        GATEWAY,
                        "sekimori",
                        List.of(certificate, issuing),
                        List.of(console.ca.root),
                        console.address(),
                        URI.create("ssl://localhost:8883")),
                "an activation"));
    }

    EnrolAnswer enrol(Activation activation) throws IOException, MalformedJson {
        DeviceIdentity identity = identity();
        try {
            return identity.enrol(activation.bytes(), "local:test");
        } finally {
            identity.end();
        }
    }

    IdentityCode refusal(Activation activation) throws IOException, MalformedJson {
        return ((EnrolAnswer.Refused) enrol(activation)).code();
    }

    Activation activation(TestConsole console) throws IOException {
        return activation(console, console.address());
    }

    Activation activation(TestConsole console, URI address) throws IOException {
        return new Activation(
                new Activation.Place(GATEWAY, "sekimori", address, URI.create("ssl://localhost:8883")),
                new Activation.Pins(
                        Sha256.hex(console.ca.rootKey.getPublic().getEncoded()), Sha256.hex(unit.releaseAnchor())),
                Instant.now().plus(Duration.ofHours(1)),
                CODE.getBytes(StandardCharsets.US_ASCII));
    }

    Path data() {
        return unit.data("io.sekimori.identity.device");
    }

    static Logger silent() {
        return (Logger) Proxy.newProxyInstance(
                Lab.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> null);
    }

    private final class DeviceKey implements Keys {

        @Override
        public List<String> names() {
            return List.of(DEVICE);
        }

        @Override
        public Optional<PublicKeyFacts> publicKey(String name) {
            return hasKey
                    ? Optional.of(new PublicKeyFacts(name, KeyAlgorithm.EC_P256, device.getPublic()))
                    : Optional.empty();
        }

        @Override
        public byte[] sign(String name, byte[] message) throws KeyException {
            try {
                Signature signature = Signature.getInstance("SHA256withECDSA");
                signature.initSign(device.getPrivate());
                signature.update(message);
                return signature.sign();
            } catch (GeneralSecurityException e) {
                throw new KeyException(KeyCode.ALGORITHM_UNAVAILABLE, "by test", e);
            }
        }

        @Override
        public SSLContext tls(String name, List<X509Certificate> chain, List<X509Certificate> anchors)
                throws KeyException {
            if (!hasKey) {
                throw new KeyException(KeyCode.KEY_UNKNOWN, "by test", null);
            }
            try {
                return MemoryTls.of(device.getPrivate(), chain, anchors);
            } catch (GeneralSecurityException e) {
                throw new KeyException(KeyCode.ALGORITHM_UNAVAILABLE, "by test", e);
            }
        }

        @Override
        public SSLContext server(String name, List<X509Certificate> chain, List<X509Certificate> anchors)
                throws KeyException {
            throw new KeyException(KeyCode.KEY_UNKNOWN, "by test", null);
        }

        @Override
        public PublicKeyFacts create(String name, KeyAlgorithm algorithm, String actor) throws KeyException {
            throw new KeyException(KeyCode.KEY_EXISTS, "by test", null);
        }

        @Override
        public void destroy(String name, String actor, String reason) throws KeyException {
            throw new KeyException(KeyCode.KEY_UNKNOWN, "by test", null);
        }

        @Override
        public Protection protection() {
            return new Protection(Protection.Kind.FILE, "by test");
        }
    }
}
