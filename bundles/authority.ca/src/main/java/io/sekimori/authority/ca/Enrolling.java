package io.sekimori.authority.ca;

import io.sekimori.authority.AuthorityCode;
import io.sekimori.authority.AuthorityException;
import io.sekimori.authority.GatewayCertificate;
import io.sekimori.authority.GatewayCertificate.State;
import io.sekimori.records.Database;
import io.sekimori.records.RecordsException;
import io.sekimori.trust.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Gives a gateway its certificate. The code is bound to the first key that uses it; the same key gets the same
 * certificate again until it is seen in use, so that a lost reply strands nobody. What is answered is recorded before.
 *
 * <p>Stateless.
 */
final class Enrolling {

    private Enrolling() {}

    /** A certificate for a gateway; {@code isNew} if it was made just now. */
    record Certified(Register.Entry entry, boolean isNew) {}

    static String hash(byte[] code) {
        return Sha256.hex(code);
    }

    /** Whether this code was given to this gateway, for whichever key. Asked before anything else is looked at. */
    static void requireCode(Database records, String gatewayId, byte[] code, Clock clock)
            throws EnrolRefused, RecordsException {
        Optional<Register.Invitation> invitation = records.read(c -> new Register(c).invitation(gatewayId));
        requireCode(invitation, code, clock);
    }

    static Certified certify(
            Database records,
            String gatewayId,
            byte[] code,
            CertificateRequest request,
            Issuer issuer,
            Duration validFor)
            throws EnrolRefused, RecordsException, AuthorityException {
        String deviceKey = Sha256.hex(request.key().getEncoded());
        Optional<Register.Entry> before = before(records, gatewayId, deviceKey);
        if (before.isPresent() && issuer.made(before.get().der())) {
            return new Certified(before.get(), false);
        }
        // Signed outside the transaction, which may be run again; what loses the race below is thrown away unseen.
        Register.Entry made = entry(
                issuer.issue(Profile.subject(gatewayId, "gateway"), request.key(), validFor, Profile.CLIENT),
                gatewayId,
                deviceKey);
        boolean recorded = records.write(c -> {
            Register register = new Register(c);
            Optional<Register.Invitation> invitation = register.invitation(gatewayId);
            // Where the reply was lost and the issuing CA replaced since, the same key gets one of the next.
            boolean open = invitation.isPresent()
                    && invitation
                            .get()
                            .serialNumber()
                            .equals(before.map(entry -> entry.facts().serialNumber()))
                    && isCode(invitation.get(), code);
            if (open) {
                register.add(made);
                register.bind(made.facts());
            }
            return open;
        });
        if (recorded) {
            return new Certified(made, true);
        }
        // Somebody was faster, or the activation was taken back.
        return before(records, gatewayId, deviceKey)
                .map(entry -> new Certified(entry, false))
                .orElseThrow(() -> new EnrolRefused(AuthorityCode.CODE_UNKNOWN, "the activation has gone", null));
    }

    /** The certificate that this key has got with the open activation; empty if nobody has got one. */
    private static Optional<Register.Entry> before(Database records, String gatewayId, String deviceKey)
            throws EnrolRefused, RecordsException {
        Optional<Register.Entry> entry = records.read(c -> bound(new Register(c), gatewayId));
        if (entry.isEmpty()) {
            return entry;
        }
        GatewayCertificate facts = entry.get().facts();
        if (!facts.deviceKey().equals(deviceKey)) {
            throw new EnrolRefused(AuthorityCode.CODE_USED, "the code is bound to another key", null);
        }
        if (facts.state() != State.ISSUED) {
            throw new EnrolRefused(AuthorityCode.CODE_USED, "the code's certificate is in use already", null);
        }
        return entry;
    }

    private static Optional<Register.Entry> bound(Register register, String gatewayId) throws SQLException {
        Optional<String> serialNumber = register.invitation(gatewayId).flatMap(Register.Invitation::serialNumber);
        return serialNumber.isPresent() ? register.certificate(serialNumber.get()) : Optional.empty();
    }

    // An unknown gateway and a wrong code look alike from outside.
    private static void requireCode(Optional<Register.Invitation> invitation, byte[] code, Clock clock)
            throws EnrolRefused {
        if (invitation.isEmpty() || !isCode(invitation.get(), code)) {
            throw new EnrolRefused(AuthorityCode.CODE_UNKNOWN, "no activation of this gateway has this code", null);
        }
        if (clock.instant().isAfter(invitation.get().notAfter())) {
            throw new EnrolRefused(
                    AuthorityCode.CODE_EXPIRED,
                    "the code ended at " + invitation.get().notAfter(),
                    null);
        }
    }

    private static boolean isCode(Register.Invitation invitation, byte[] code) {
        return MessageDigest.isEqual(
                hash(code).getBytes(StandardCharsets.US_ASCII),
                invitation.codeSha256().getBytes(StandardCharsets.US_ASCII));
    }

    static Register.Entry entry(X509Certificate certificate, String gatewayId, String deviceKey) {
        try {
            return new Register.Entry(
                    new GatewayCertificate(
                            gatewayId,
                            deviceKey,
                            certificate.getSerialNumber().toString(16),
                            certificate.getNotBefore().toInstant(),
                            certificate.getNotAfter().toInstant(),
                            State.ISSUED),
                    certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was just made has its bytes", e);
        }
    }
}
