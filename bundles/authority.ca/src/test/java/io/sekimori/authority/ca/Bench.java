package io.sekimori.authority.ca;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditReceipt;
import io.sekimori.authority.ActivationOrder;
import io.sekimori.authority.AuthorityException;
import io.sekimori.authority.IssuedActivation;
import io.sekimori.records.kit.Consoles;
import io.sekimori.trust.Activation;
import io.sekimori.trust.MalformedJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.security.KeyPair;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.log.Logger;

/** A console's authority on a database of its own; the clock goes as the test says. */
final class Bench {

    static final String GATEWAY = "g-abcdefghijkl";
    static final String ROOT = "ab".repeat(32);

    final Consoles consoles;
    final MemoryKeys keys = new MemoryKeys();
    final SigningKey rootKey = new MemoryKeys().signing("root");
    final List<String> audited = new CopyOnWriteArrayList<>();
    final X509Certificate root;
    volatile boolean audits = true;
    volatile Duration ahead = Duration.ZERO;

    Bench(Consoles consoles) throws IOException, AuthorityException {
        this.consoles = consoles;
        this.root = NewAuthority.make(
                consoles.unit(),
                rootKey,
                keys.signing(NewAuthority.ISSUING_KEY),
                settings().brokerNames(),
                clock());
    }

    /** One more console on the same records; its upkeep is not begun. */
    CaAuthority console() {
        return console(settings());
    }

    /** One whose certificates count for so many days. */
    CaAuthority console(int days) {
        return console(Settings.of(
                Configurations.of(days, "https://console.example:8443", "ssl://broker.example:8883", ROOT)));
    }

    private CaAuthority console(Settings settings) {
        CaAuthority authority = new CaAuthority(settings, folder(), clock(), silent());
        authority.keys = keys;
        authority.records = consoles.console();
        authority.audit = entry -> {
            if (!audits) {
                throw new AuditException(AuditCode.AUDIT_UNWRITABLE, "by test", null);
            }
            audited.add(entry.actor() + " " + entry.action() + " " + entry.verdict() + " " + entry.reason());
            return new AuditReceipt(1, Instant.EPOCH, "0".repeat(64));
        };
        return authority;
    }

    AuthorityFolder folder() {
        return AuthorityFolder.of(consoles.unit());
    }

    static Settings settings(String... more) {
        return Settings.of(Configurations.of("https://console.example:8443", "ssl://broker.example:8883", ROOT, more));
    }

    /** The code of a new activation. */
    byte[] code(CaAuthority authority) throws AuthorityException {
        return code(authority, Duration.ofHours(1));
    }

    byte[] code(CaAuthority authority, Duration validFor) throws AuthorityException {
        try (IssuedActivation issued = authority.activate(new ActivationOrder(GATEWAY, validFor), "person:alice");
                Activation activation = Activation.parse(issued.file())) {
            return activation.code();
        } catch (MalformedJson e) {
            throw new AssertionError(e);
        }
    }

    static X509Certificate enrol(CaAuthority authority, byte[] code, KeyPair key)
            throws EnrolRefused, AuthorityException {
        return certificate(
                authority.enrol(GATEWAY, code, Requests.of(key), "192.0.2.7").der());
    }

    static X509Certificate certificate(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new AssertionError(e);
        }
    }

    static KeyPair pair() {
        return MemoryKeys.pair("secp256r1");
    }

    Clock clock() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return Instant.now().plus(ahead);
            }
        };
    }

    static Logger silent() {
        return (Logger) Proxy.newProxyInstance(
                Bench.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> null);
    }
}
