package io.sekimori.fleet.records;

import io.sekimori.trust.SignedReport;
import io.sekimori.trust.UnitReport;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A unit with a key of its own, which says what it is told to. */
final class Device {

    final KeyPair keys;
    final String serial;
    String model = "M-1";
    private long sequence;

    Device(String serial) {
        this.serial = serial;
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String key() {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(keys.getPublic().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static final UnitReport.Item LAUNCHER = new UnitReport.Item("org.example.launcher", "1.0.0", "d".repeat(64), 1);

    byte[] report(UnitReport.Item... bundles) {
        return report(++sequence, key(), this, Optional.empty(), bundles);
    }

    byte[] reportAt(long number, UnitReport.Item... bundles) {
        return report(number, key(), this, Optional.empty(), bundles);
    }

    byte[] reportOf(UnitReport.Last last, UnitReport.Item... bundles) {
        return report(++sequence, key(), this, Optional.of(last), bundles);
    }

    /** In the name of {@code victim}, signed with the own key. */
    byte[] pretending(Device victim, UnitReport.Item... bundles) {
        return report(1_000, victim.key(), victim, Optional.empty(), bundles);
    }

    static UnitReport.Item bundle(String name, String version) {
        String digits = Integer.toHexString((name + version).hashCode() & 0x7fffffff);
        return new UnitReport.Item(name, version, digits + "0".repeat(64 - digits.length()), 10);
    }

    private byte[] report(
            long number, String device, Device named, Optional<UnitReport.Last> last, UnitReport.Item... bundles) {
        UnitReport report = new UnitReport(
                device,
                named.model,
                named.serial,
                new UnitReport.Running(3, 3, 7, List.of(bundles), List.of(LAUNCHER), Map.of()),
                new UnitReport.Trusted(1, 1, 1, 1, 1, 7),
                last,
                List.of(),
                Instant.EPOCH.plusSeconds(number),
                number,
                "",
                new UnitReport.Noted(27, List.of("org.example.a/1.0.0 counter 3, floor 5")));
        try {
            return SignedReport.sign(report, "EC_P256", keys.getPublic().getEncoded(), message -> {
                Signature signature = Signature.getInstance("SHA256withECDSA");
                signature.initSign(keys.getPrivate());
                signature.update(message);
                return signature.sign();
            });
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
