package io.sekimori.authority.ca;

import io.sekimori.authority.AuthorityCode;
import io.sekimori.authority.AuthorityException;
import io.sekimori.authority.GatewayCertificate;
import io.sekimori.authority.GatewayCertificate.State;
import io.sekimori.records.Database;
import io.sekimori.records.RecordsException;
import io.sekimori.trust.Sha256;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Gives a gateway the certificate after the one it shows (RFC 7030 4.2.2): for the same key and name, also when the one
 * shown has ended, never when it is revoked. What was renewed and not yet seen in use is given again, so that a lost
 * reply costs nothing.
 *
 * <p>Stateless.
 */
final class Renewing {

    private static final Duration DAY = Duration.ofDays(1);
    private static final int MOST_A_DAY = 10;

    private Renewing() {}

    /** How an unproven certificate is called in the audit: it may be anybody's, so it is only its serial number. */
    static String name(X509Certificate shown) {
        return "certificate " + shown.getSerialNumber().toString(16);
    }

    /** What is known of the certificate that a gateway shows: these very bytes were made here. */
    static GatewayCertificate known(Database records, X509Certificate certificate)
            throws EnrolRefused, RecordsException {
        Optional<Register.Entry> entry = records.read(
                c -> new Register(c).certificate(certificate.getSerialNumber().toString(16)));
        if (entry.isEmpty() || !Arrays.equals(entry.get().der(), encoded(certificate))) {
            throw new EnrolRefused(AuthorityCode.CERTIFICATE_UNKNOWN, "there is no record of the certificate", null);
        }
        return entry.get().facts();
    }

    /** It may have ended, and that is all. */
    static void requireRenewable(GatewayCertificate facts, Clock clock) throws EnrolRefused {
        if (facts.state() == State.REVOKED) {
            throw new EnrolRefused(AuthorityCode.CERTIFICATE_REVOKED, "the certificate is revoked", null);
        }
        if (clock.instant().isBefore(facts.notBefore())) {
            throw new EnrolRefused(AuthorityCode.CERTIFICATE_EXPIRED, "it is valid from " + facts.notBefore(), null);
        }
    }

    /** RFC 7030 4.2.2: the subject is that of the certificate; and here the key is, too. */
    static void requireSame(X509Certificate shown, CertificateRequest request) throws EnrolRefused {
        if (!shown.getPublicKey().equals(request.key())) {
            throw new EnrolRefused(AuthorityCode.RENEWAL_DIFFERS, "the request is for another key", null);
        }
        if (!shown.getSubjectX500Principal().equals(request.subject())) {
            throw new EnrolRefused(AuthorityCode.RENEWAL_DIFFERS, "the request is for another name", null);
        }
    }

    static Enrolling.Certified certify(
            Database records,
            GatewayCertificate shown,
            CertificateRequest request,
            Issuer issuer,
            Duration validFor,
            Clock clock)
            throws EnrolRefused, RecordsException, AuthorityException {
        Optional<Register.Entry> waiting = records.read(c -> waiting(new Register(c), shown, issuer, clock.instant()));
        if (waiting.isPresent()) {
            return new Enrolling.Certified(waiting.get(), false);
        }
        // Signed outside the transaction, which may be run again; what loses the race below is thrown away unseen.
        Register.Entry made = Enrolling.entry(
                issuer.issue(Profile.subject(shown.gatewayId(), "gateway"), request.key(), validFor, Profile.CLIENT),
                shown.gatewayId(),
                Sha256.hex(request.key().getEncoded()));
        Outcome outcome = records.write(c -> record(new Register(c), shown, made, issuer, clock.instant()));
        if (outcome.code().isPresent()) {
            throw new EnrolRefused(outcome.code().get(), "not renewed", null);
        }
        Register.Entry recorded = outcome.entry().orElse(made);
        return new Enrolling.Certified(recorded, recorded == made);
    }

    /** What a transaction came to: a refusal, what somebody else made meanwhile, or neither. */
    private record Outcome(Optional<AuthorityCode> code, Optional<Register.Entry> entry) {}

    private static Outcome record(
            Register register, GatewayCertificate shown, Register.Entry made, Issuer issuer, Instant now)
            throws SQLException {
        Optional<Register.Entry> current = register.certificate(shown.serialNumber());
        if (current.isEmpty() || current.get().facts().state() == State.REVOKED) {
            return new Outcome(Optional.of(AuthorityCode.CERTIFICATE_REVOKED), Optional.empty());
        }
        Optional<Register.Entry> waiting = waiting(register, shown, issuer, now);
        if (waiting.isPresent()) {
            return new Outcome(Optional.empty(), waiting);
        }
        if (register.countSince(shown.gatewayId(), now.minus(DAY)) >= MOST_A_DAY) {
            return new Outcome(Optional.of(AuthorityCode.RENEWED_TOO_OFTEN), Optional.empty());
        }
        register.add(made);
        return new Outcome(Optional.empty(), Optional.empty());
    }

    /** The newest unused certificate of the gateway and key, if it is another than the one shown, of this issuer, and good for long. */
    private static Optional<Register.Entry> waiting(
            Register register, GatewayCertificate shown, Issuer issuer, Instant now) throws SQLException {
        return register.unused(shown.gatewayId()).filter(unused -> {
            GatewayCertificate facts = unused.facts();
            return !facts.serialNumber().equals(shown.serialNumber())
                    && facts.deviceKey().equals(shown.deviceKey())
                    && issuer.made(unused.der())
                    && facts.notAfter().isAfter(now.plus(lifetime(facts).dividedBy(2)));
        });
    }

    private static Duration lifetime(GatewayCertificate facts) {
        return Duration.between(facts.notBefore(), facts.notAfter());
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            return new byte[0]; // equals nothing that was recorded
        }
    }
}
