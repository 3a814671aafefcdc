package io.sekimori.cli;

import io.sekimori.generation.Unit;
import io.sekimori.trust.DurableFile;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Says when the certificate that the gateway shows its console ends: a note when it should long be renewed, red after. */
final class CertificateFindings {

    private static final int LATE_PERCENT = 85;

    private CertificateFindings() {}

    static List<Finding> of(Unit unit, Instant now) throws IOException {
        return certificate(unit).flatMap(each -> judge(each, now)).stream().toList();
    }

    private static Optional<Finding> judge(X509Certificate certificate, Instant now) {
        Instant begin = certificate.getNotBefore().toInstant();
        Instant end = certificate.getNotAfter().toInstant();
        if (now.isAfter(end)) {
            return Optional.of(Finding.red("CERTIFICATE_ENDED", "since " + end));
        }
        Instant late = begin.plus(
                Duration.between(begin, end).multipliedBy(LATE_PERCENT).dividedBy(100));
        return now.isAfter(late) ? Optional.of(Finding.note("CERTIFICATE_ENDS", "at " + end)) : Optional.empty();
    }

    private static Optional<X509Certificate> certificate(Unit unit) throws IOException {
        Optional<byte[]> file = DurableFile.read(
                unit.data("io.sekimori.identity.device").resolve("identity.json"), JsonObject.MAX_BYTES);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            String own = JsonObject.parse(file.get()).strings("chain").get(0);
            return Optional.of((X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(Base64.getDecoder().decode(own))));
        } catch (MalformedJson | CertificateException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty(); // the gateway's own health check says so
        }
    }
}
