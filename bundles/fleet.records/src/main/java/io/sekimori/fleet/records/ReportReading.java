package io.sekimori.fleet.records;

import io.sekimori.fleet.DeviceReport;
import io.sekimori.fleet.FleetCode;
import io.sekimori.fleet.RunningBundle;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.SignedReport;
import io.sekimori.trust.TrustCode;
import io.sekimori.trust.TrustException;
import io.sekimori.trust.UnitReport;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;

/** From the bytes that a gateway sent to what the fleet keeps of them. Stateless. */
final class ReportReading {

    private ReportReading() {}

    /** What came of reading. */
    sealed interface Reading {

        /** The device with the expected key signed it. */
        record Verified(DeviceReport report, String serial, String model) implements Reading {}

        /** It did not, or nobody can tell. */
        record Doubtful(FleetCode code, String detail) implements Reading {}
    }

    static Reading read(byte[] signed, String deviceKey) {
        try {
            UnitReport said = SignedReport.verified(signed, deviceKey, DeviceSignature::holds);
            return new Reading.Verified(report(said), said.serial(), said.model());
        } catch (TrustException e) {
            FleetCode code = e.refusal().code() == TrustCode.REPORT_MALFORMED
                    ? FleetCode.REPORT_MALFORMED
                    : FleetCode.REPORT_FORGED;
            return new Reading.Doubtful(code, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException | ArithmeticException e) {
            return new Reading.Doubtful(FleetCode.REPORT_MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    /** The key in a report that was verified when it was taken. */
    static PublicKey publicKey(String signed) {
        try {
            JsonObject json = JsonObject.parse(signed.getBytes(StandardCharsets.UTF_8));
            byte[] key = Base64.getDecoder().decode(json.string("publicKey"));
            return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(key));
        } catch (MalformedJson | GeneralSecurityException e) {
            throw new IllegalStateException("the records hold a report that this console did not verify", e);
        }
    }

    private static DeviceReport report(UnitReport said) {
        UnitReport.Running running = said.running();
        List<RunningBundle> bundles = listed(running.bundles());
        if (new HashSet<>(bundles.stream()
                                .map(bundle -> bundle.symbolicName() + "/" + bundle.version())
                                .toList())
                        .size()
                < bundles.size()) {
            throw new IllegalArgumentException("a bundle is reported twice");
        }
        return new DeviceReport(
                said.sequence(),
                moment(said.time()),
                said.nonce(),
                running.generation(),
                said.confirmed(),
                running.assignment(),
                said.trusted().assignment(),
                bundles,
                listed(running.slot()),
                said.findings(),
                said.last().map(ReportReading::transition),
                new DeviceReport.Noted(said.noted().attacks(), said.noted().belowFloor()));
    }

    /** What a report that was verified when it was taken says a gateway starts with; empty if it cannot be read. */
    static List<RunningBundle> slot(String signed) {
        try {
            return listed(SignedReport.unverified(signed.getBytes(StandardCharsets.UTF_8))
                    .running()
                    .slot());
        } catch (TrustException | IllegalArgumentException e) {
            return List.of();
        }
    }

    private static List<RunningBundle> listed(List<UnitReport.Item> items) {
        return items.stream()
                .map(item -> new RunningBundle(item.symbolicName(), item.version(), item.sha256()))
                .toList();
    }

    private static DeviceReport.Transition transition(UnitReport.Last last) {
        return new DeviceReport.Transition(
                last.id(),
                last.from(),
                last.to(),
                last.assignment(),
                DeviceReport.Outcome.valueOf(last.outcome()),
                last.code(),
                last.detail(),
                last.person().equals(last.channel()) ? last.person() : last.person() + " " + last.channel(),
                moment(last.ended()),
                last.offlineStale().map(ReportReading::moment));
    }

    /** One that the records can keep, which count milliseconds; throws for what is millions of years away. */
    private static Instant moment(Instant said) {
        return Instant.ofEpochMilli(said.toEpochMilli());
    }
}
